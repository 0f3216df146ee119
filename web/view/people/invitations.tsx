// Letting people in, and no longer. For owners.
import { useSignal } from "@preact/signals";
import type { MemberView } from "../../../src/server/people-api.ts";
import { invite, invited, members, revoke } from "./crowd.ts";
import { accessText } from "./people-words.ts";

const ROLES = [
  ["annotator", "answers"],
  ["viewer", "only looks"],
  ["owner", "manages runs and people too"],
] as const;
const DAYS = [
  ["1", "for a day"],
  ["7", "for a week"],
  ["30", "for 30 days"],
  ["", "until access is ended"],
] as const;

export function Invitations() {
  return (
    <section class="invitations" aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <InviteForm />
      {invited.value !== null && <Link name={invited.value.person.name} link={invited.value.link} />}
      {members.value.length > 0 && (
        <ul class="card members">
          {members.value.map((member) => (
            <Member key={member.id} member={member} />
          ))}
        </ul>
      )}
    </section>
  );
}

function InviteForm() {
  const name = useSignal("");
  const role = useSignal("annotator");
  const days = useSignal("30");
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const until = days.value === "" ? null : Number(days.value);
    if (await invite(name.value.trim(), role.value, until)) name.value = "";
  };
  return (
    <form class="row" onSubmit={(event) => void send(event)}>
      <label>
        Name{" "}
        <input
          type="text"
          required
          maxLength={64}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <label>
        who{" "}
        <select value={role.value} onChange={(event) => (role.value = event.currentTarget.value)}>
          {ROLES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <select
        aria-label="For how long"
        value={days.value}
        onChange={(event) => (days.value = event.currentTarget.value)}
      >
        {DAYS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <button type="submit" class="primary">
        Invite
      </button>
    </form>
  );
}

function Link({ name, link }: { readonly name: string; readonly link: string }) {
  const copied = useSignal("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      copied.value = "Copied.";
    } catch {
      copied.value = "The browser does not let the page copy it: select it and copy it yourself.";
    }
  };
  return (
    <div class="card link" role="status">
      <p>
        This link lets one person in, as {name}. It is shown this once; send it to {name} and nobody else.
      </p>
      <div class="row">
        <input
          type="text"
          readOnly
          value={link}
          aria-label={`Link for ${name}`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="primary" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" class="quiet" onClick={() => (invited.value = null)}>
          Put away
        </button>
      </div>
      <p class="hint">{copied.value}</p>
    </div>
  );
}

function Member({ member }: { readonly member: MemberView }) {
  const { name, role, revoked } = member;
  return (
    <li>
      <span class="name">{name}</span>
      <span class="hint">
        {role}, {accessText(member, Date.now())}
      </span>
      <span class="gap" />
      {revoked === null && <EndAccess member={member} />}
    </li>
  );
}

/** Asks before it does it: who has been put out gets in again by a new link alone. */
function EndAccess({ member: { id, name } }: { readonly member: MemberView }) {
  const sure = useSignal(false);
  if (!sure.value) {
    return (
      <button type="button" class="quiet" aria-label={`End access of ${name}`} onClick={() => (sure.value = true)}>
        End access
      </button>
    );
  }
  return (
    <span class="row" role="group" aria-label={`End access of ${name}?`}>
      <span class="hint">Only a new link lets {name} in again.</span>
      <button type="button" class="quiet" aria-label={`End access of ${name} now`} onClick={() => void revoke(id)}>
        End it
      </button>
      <button type="button" class="quiet" onClick={() => (sure.value = false)}>
        Keep
      </button>
    </span>
  );
}
