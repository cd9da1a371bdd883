const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]|mailto:[^\s<>"']+@[^\s<>"']+)/g;

/** What somebody wrote, as it was written; web and mail addresses can be followed, nothing else is more than text. */
export function RichText({ text }: { readonly text: string }) {
  const parts = text.split(address);
  return parts.map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ),
  );
}
