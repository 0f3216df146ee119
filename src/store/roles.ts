// What people may do who come in by invitation.

/** From least to most: who may do something may also do all that stands before it. */
export const ROLES = ["viewer", "annotator", "owner"] as const;
export type Role = (typeof ROLES)[number];
