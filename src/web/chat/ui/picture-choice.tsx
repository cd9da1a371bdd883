import { type ChangeEvent, useRef } from 'react';
import { useText } from '../text/text.js';
import { Button } from './button.js';
import { useFaults } from './faults.js';
import { smallPicture } from './picture.js';

interface PictureChoiceProps {
  readonly hasPicture: boolean;
  /** Keeps the picture, or with null none. @throws ChatRequestError */
  readonly onChoose: (image: string | null) => Promise<unknown>;
}

/** Takes a picture from a file of the person's, or takes it away. */
export function PictureChoice({ hasPicture, onChoose }: PictureChoiceProps) {
  const text = useText();
  const { attempt, say } = useFaults();
  const input = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const image = await smallPicture(file).catch(() => undefined);
    if (image === undefined) say(text('picture.unknown'));
    else await attempt(() => onChoose(image));
  };
  return (
    <span className="picture-choice">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={text('picture.choose')}
        onChange={(event) => void take(event)}
      />
      <Button look="quiet" icon="picture" onClick={() => input.current?.click()}>
        {text('picture.choose')}
      </Button>
      {hasPicture && (
        <Button look="quiet" icon="trash" onClick={() => void attempt(() => onChoose(null))}>
          {text('picture.remove')}
        </Button>
      )}
    </span>
  );
}
