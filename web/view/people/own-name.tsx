// Where everybody who reaches the page may do everything, people say who they are.
import { typeName } from "../../session/me.ts";
import { session } from "../page.ts";

export function OwnName() {
  return (
    <label class="own-name row">
      Your answers are kept under the name
      <input
        type="text"
        maxLength={64}
        value={session.person.value}
        onChange={(event) => {
          session.person.value = typeName(event.currentTarget.value);
          event.currentTarget.value = session.person.peek();
        }}
      />
    </label>
  );
}
