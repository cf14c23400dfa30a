import type { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { Field } from '../ui/Field';

interface Props {
  name: string;
  description: string;
  onName: (name: string) => void;
  onDescription: (description: string) => void;
  failure: Failure | undefined;
}

const FIELDS = new Set(['name', 'description']);

/** What a room is called and is about, with what the server has against it where it belongs. */
export function FaceFields({ name, description, onName, onDescription, failure }: Props) {
  const w = words();
  const error = (field: string) => (failure?.details.field === field ? why(failure) : undefined);
  return (
    <>
      <Field
        label={w.roomName}
        hint={w.roomNameHint}
        error={error('name')}
        value={name}
        onInput={onName}
        maxLength={80}
        autofocus
        required
      />
      <Field
        label={w.description}
        optional={w.optional}
        error={error('description')}
        value={description}
        onInput={onDescription}
        maxLength={500}
      />
    </>
  );
}

/** What the server has against the whole. */
export function FaceRefusal({ failure }: { failure: Failure | undefined }) {
  return failure && !FIELDS.has(failure.details.field ?? '') ? (
    <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
      {why(failure)}
    </p>
  ) : null;
}
