/** A line of text that somebody types or pastes. */

/** `isDigest` for text of digits, which is shown in a fixed width. */
export function Field(props: {
  id: string;
  label: string;
  hint: string;
  value: string;
  onInput(value: string): void;
  fault?: string | undefined;
  note?: string | undefined;
  isDigest?: boolean;
  isSecret?: boolean;
}) {
  const { id, fault, note } = props;
  const message = fault ?? note;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type={(props.isSecret ? 'password' : 'text') as 'text'}
        class={props.isDigest ? 'mono' : undefined}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={fault !== undefined}
        aria-describedby={message === undefined ? `${id}-hint` : `${id}-hint ${id}-message`}
      />
      <p id={`${id}-hint`} class="hint">
        {props.hint}
      </p>
      {message !== undefined && (
        <p id={`${id}-message`} class={fault === undefined ? 'hint' : 'fault'} role="status">
          {message}
        </p>
      )}
    </div>
  );
}
