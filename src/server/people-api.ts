// What goes over the wire about people.
import { Type, type Static, type TSchema } from "typebox";
import { ROLES } from "../store/roles.ts";

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const PersonRole = Type.Enum<[...typeof ROLES]>([...ROLES], {
  description: "viewer: looks; annotator: answers too; owner: manages runs and people too",
});
const Name = Type.String({
  // No control characters and no halves of surrogate pairs, which databases cannot keep.
  pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,64}$",
  description: "1 to 64 printable characters",
});

export const MeView = Type.Object({
  name: Type.String({ description: "what this person's answers are kept under" }),
  role: PersonRole,
  invited: Type.Boolean({
    description: "whether people come in by invitation; else whoever reaches the server may do everything",
  }),
});
export type MeView = Static<typeof MeView>;

/** Longer than any token, so that a wrong one gets the answer that it is wrong. */
export const JoinBody = Type.Object(
  { token: Type.String({ maxLength: 512, description: "what the invitation's link holds behind #token=" }) },
  { additionalProperties: false },
);

export const MemberView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: PersonRole,
  created: Type.String({ description: "when they were invited, ISO 8601" }),
  expires: nullable(Type.String({ description: "when link and access end, or null" })),
  joined: nullable(Type.String({ description: "when they came in with their latest link, or null" })),
  revoked: nullable(Type.String({ description: "when they were shut out, or null" })),
});
export type MemberView = Static<typeof MemberView>;

export const MembersView = Type.Object({ people: Type.Array(MemberView) });
export type MembersView = Static<typeof MembersView>;

const MOST_DAYS = 3_650;

export const InviteBody = Type.Object(
  {
    name: Name,
    role: PersonRole,
    expiresInDays: Type.Optional(
      nullable(
        Type.Number({
          exclusiveMinimum: 0,
          maximum: MOST_DAYS,
          description: "when link and access end; 30 where it is left out, never where it is null",
        }),
      ),
    ),
  },
  { additionalProperties: false },
);
export type InviteBody = Static<typeof InviteBody>;

export const InvitedView = Type.Object({
  person: MemberView,
  link: Type.String({ description: "shown this once: the server keeps no copy that it could show again" }),
});
export type InvitedView = Static<typeof InvitedView>;

export const MemberParams = Type.Object({ id: Type.String({ maxLength: 64 }) });

const Alpha = nullable(
  Type.Number({ description: "Krippendorff's alpha: 1 all agree, 0 as by chance; null where nothing can be compared" }),
);

export const CrowdView = Type.Object({
  alpha: Alpha,
  paired: Type.Integer({ description: "answers to queries that two people or more answered" }),
  people: Type.Array(
    Type.Object({
      name: Type.String(),
      answers: Type.Integer({ description: "of theirs that count" }),
      answersPerMinute: nullable(Type.Number({ description: "while they answer: pauses above a minute are left out" })),
      alpha: Alpha,
      paired: Type.Integer(),
      correct: nullable(Type.Number({ description: "estimated share of their comparisons that are right, 0 to 1" })),
      weight: Type.Number({ description: "what their judgements count for, 0 to 1" }),
    }),
  ),
});
export type CrowdView = Static<typeof CrowdView>;
