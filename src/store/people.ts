// Who may use the data directory's runs over a network. Tokens are never kept, only what they hash to.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Context } from "./context.ts";
import { StoreError } from "./errors.ts";
import type { Role } from "./roles.ts";
import type { Tables } from "./schema.ts";

/** Somebody who was invited. */
export interface Member {
  readonly id: string;
  /** 1 to 64 printable characters; no two who are let in have the same. Their answers carry it. */
  readonly name: string;
  readonly role: Role;
  readonly created: Date;
  /** When link and access end, or null where they do not by themselves. */
  readonly expires: Date | null;
  /** When they first came in with their latest link; null while that waits to be opened. */
  readonly joined: Date | null;
  readonly revoked: Date | null;
}

export interface Invitation {
  readonly name: string;
  readonly role: Role;
  readonly expires: Date | null;
}

/** Why a token lets nobody in. `used` is an invitation that somebody came in with. */
export type TokenFault = "unknown" | "used" | "expired" | "revoked";

export type TokenResult =
  { readonly outcome: "known"; readonly member: Member } | { readonly outcome: Exclude<TokenFault, "used"> };

export type JoinResult =
  { readonly outcome: "joined"; readonly member: Member; readonly token: string } | { readonly outcome: TokenFault };

export interface PeopleMethods {
  /**
   * Invites somebody and returns what their link holds. Inviting somebody by the name and role of a person who is let in
   * makes them a new link; what they came in with before holds until it is opened.
   * @throws StoreError `bad-name` where the name cannot be one, or belongs to a person of another role
   */
  invite(invitation: Invitation): Promise<{ readonly member: Member; readonly token: string }>;
  /**
   * Exchanges an invitation for the token that lets its holder in. It can be repeated until that token is first used, so
   * that an answer lost on the way locks nobody out; a token given before ends then.
   */
  join(invitation: string): Promise<JoinResult>;
  /** Whose token this is. */
  memberOf(token: string): Promise<TokenResult>;
  /** Everybody who was ever invited, newest first. */
  listPeople(): Promise<readonly Member[]>;
  /** Remembers where people find the page, so that another process can write it into links. */
  publish(address: string): Promise<void>;
  /** Where people found the page last, or null where it never was for others than this machine. */
  publicAddress(): Promise<string | null>;
  /** Lets somebody in no longer; their answers stay. Null where there is nobody with this id. Safe to repeat. */
  revoke(id: string): Promise<Member | null>;
}

/** Bytes of a token's secret half: 256 bits, which nobody guesses. */
const SECRET_BYTES = 32;
const ID_BYTES = 9;
const TOKEN = /^([A-Za-z0-9_-]{12})\.([A-Za-z0-9_-]{43})$/;

type Row = Selectable<Tables["people"]>;

export function peopleMethods(context: Context): PeopleMethods {
  const { db } = context;

  const check = async (token: string, hash: "invitation_hash" | "token_hash"): Promise<Row | "unknown"> => {
    const [, id = "", secret = ""] = TOKEN.exec(token) ?? [];
    const row = await db.selectFrom("people").selectAll().where("id", "=", id).executeTakeFirst();
    return row !== undefined && matches(row[hash], secret) ? row : "unknown";
  };

  return {
    async invite({ name, role, expires }) {
      checkName(name);
      const secret = newSecret();
      const member = await context.write(async (transaction) => {
        const known = (await peopleNamed(transaction, name)).find((row) => faultOf(row) === null);
        if (known !== undefined && known.role !== role) {
          throw new StoreError(
            "bad-name",
            `There is a person named "${name}" already, with the role ${known.role}. Revoke them first, or choose another name.`,
          );
        }
        const link = { invitation_hash: hashOf(secret), invitation_opened_at: null, joined_at: null };
        const end = expires === null ? null : expires.getTime();
        if (known !== undefined) {
          return transaction
            .updateTable("people")
            .set({ ...link, expires_at: end })
            .where("id", "=", known.id)
            .returningAll()
            .executeTakeFirstOrThrow();
        }
        const id = randomBytes(ID_BYTES).toString("base64url");
        const fresh = { token_hash: null, created_at: Date.now(), revoked_at: null };
        return transaction
          .insertInto("people")
          .values({ id, name, role, ...link, ...fresh, expires_at: end })
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return { member: toMember(member), token: `${member.id}.${secret}` };
    },

    async join(invitation) {
      const row = await check(invitation, "invitation_hash");
      if (row === "unknown") return { outcome: "unknown" };
      const fault = faultOf(row);
      if (fault !== null) return { outcome: fault };
      if (row.joined_at !== null) return { outcome: "used" };
      const secret = newSecret();
      await context.write((transaction) =>
        transaction
          .updateTable("people")
          .set({ token_hash: hashOf(secret), invitation_opened_at: Date.now() })
          .where("id", "=", row.id)
          .execute(),
      );
      return { outcome: "joined", member: toMember(row), token: `${row.id}.${secret}` };
    },

    async memberOf(token) {
      const row = await check(token, "token_hash");
      if (row === "unknown") return { outcome: "unknown" };
      const fault = faultOf(row);
      if (fault !== null) return { outcome: fault };
      if (row.joined_at !== null || row.invitation_opened_at === null) {
        return { outcome: "known", member: toMember(row) };
      }
      // The first request with what the link was exchanged for: from now on the link is used up.
      const joined = { joined_at: Date.now() };
      await context.write((transaction) =>
        transaction.updateTable("people").set(joined).where("id", "=", row.id).execute(),
      );
      return { outcome: "known", member: toMember({ ...row, ...joined }) };
    },

    async publish(address) {
      await context.write((transaction) =>
        transaction
          .insertInto("about")
          .values({ key: "address", value: address })
          .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: address }))
          .execute(),
      );
    },

    async publicAddress() {
      const row = await db.selectFrom("about").select("value").where("key", "=", "address").executeTakeFirst();
      return row?.value ?? null;
    },

    async listPeople() {
      const rows = await db.selectFrom("people").selectAll().orderBy("created_at", "desc").orderBy("id").execute();
      return rows.map(toMember);
    },

    async revoke(id) {
      const row = await context.write(async (transaction) => {
        await transaction
          .updateTable("people")
          .set({ revoked_at: Date.now() })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .execute();
        return transaction.selectFrom("people").selectAll().where("id", "=", id).executeTakeFirst();
      });
      return row === undefined ? null : toMember(row);
    },
  };
}

function peopleNamed(db: Kysely<Tables>, name: string): Promise<Row[]> {
  return db.selectFrom("people").selectAll().where("name", "=", name).execute();
}

function toMember(row: Row): Member {
  const date = (at: number | null): Date | null => (at === null ? null : new Date(at));
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    created: new Date(row.created_at),
    expires: date(row.expires_at),
    joined: date(row.joined_at),
    revoked: date(row.revoked_at),
  };
}

function faultOf(row: Row): "expired" | "revoked" | null {
  if (row.revoked_at !== null) return "revoked";
  return row.expires_at !== null && row.expires_at <= Date.now() ? "expired" : null;
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** A secret of 256 random bits needs no salt and no slow hash: there is no list of likely ones to try. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** In the same time wherever the two differ. */
function matches(hash: string | null, secret: string): boolean {
  return hash !== null && timingSafeEqual(Buffer.from(hash, "hex"), Buffer.from(hashOf(secret), "hex"));
}

function checkName(name: string): void {
  if (!/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(name) || name.trim() !== name) {
    throw new StoreError(
      "bad-name",
      `${JSON.stringify(name.slice(0, 80))} cannot be a person's name. Use 1 to 64 printable characters, with no space around them.`,
    );
  }
}

export async function createPeople(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("people")
    .ifNotExists()
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("invitation_hash", "text", (column) => column.notNull())
    .addColumn("invitation_opened_at", "integer")
    .addColumn("joined_at", "integer")
    .addColumn("token_hash", "text")
    .addColumn("created_at", "integer", (column) => column.notNull())
    .addColumn("expires_at", "integer")
    .addColumn("revoked_at", "integer")
    .execute();
}
