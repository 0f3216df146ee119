// A dialog that is open for as long as it is there.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, close, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titled = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="run-dialog" aria-labelledby={titled} onClose={close}>
      <h2 id={titled}>{title}</h2>
      {children}
    </dialog>
  );
}
