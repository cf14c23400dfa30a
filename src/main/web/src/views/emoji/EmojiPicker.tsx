import { words } from '../../words';
import { lazily } from '../ui/lazily';
import { Popup } from '../ui/Popup';

interface Props {
  beside: DOMRect | undefined;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

const Choosing = lazily(() => import('./Choosing').then((it) => it.Choosing));

/** An emoji to choose; what there is to choose from is loaded when somebody first wants one. */
export function EmojiPicker({ beside, onPick, onClose }: Props) {
  return (
    <Popup
      label={words().emojiPicker}
      beside={beside}
      first="input"
      style="menu-emoji"
      onClose={onClose}
    >
      <Choosing
        onPick={(emoji: string) => {
          onClose();
          onPick(emoji);
        }}
      />
    </Popup>
  );
}
