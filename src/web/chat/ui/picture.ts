/** The longest address of a picture that the server takes, in characters. */
const longest = 2_048;
const sides = [96, 80, 64, 48, 32];
const qualities = [0.85, 0.7, 0.55, 0.4];

/**
 * A picture from a file, cut to a square and made small enough to be its own address, so that it is kept nowhere else.
 * @throws Error when the file is no picture that the browser knows
 */
export async function smallPicture(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file);
  try {
    for (const side of sides) {
      const canvas = squareOf(bitmap, side);
      for (const quality of qualities) {
        const address = encoded(canvas, quality);
        if (address.length <= longest) return address;
      }
    }
  } finally {
    bitmap.close();
  }
  throw new Error('The picture does not get small enough.');
}

function squareOf(bitmap: ImageBitmap, side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const from = Math.min(bitmap.width, bitmap.height);
  const left = (bitmap.width - from) / 2;
  const top = (bitmap.height - from) / 2;
  canvas.getContext('2d')?.drawImage(bitmap, left, top, from, from, 0, 0, side, side);
  return canvas;
}

/** WebP, or JPEG in browsers that write none. */
function encoded(canvas: HTMLCanvasElement, quality: number): string {
  const webp = canvas.toDataURL('image/webp', quality);
  return webp.startsWith('data:image/webp') ? webp : canvas.toDataURL('image/jpeg', quality);
}
