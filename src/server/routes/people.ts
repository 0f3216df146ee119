// Who is let in, and how that comes about.
import type { Member } from "../../store/people.ts";
import { RunParams } from "../api.ts";
import { personOf } from "../access.ts";
import { ApiError } from "../errors.ts";
import * as api from "../people-api.ts";
import { knownRun, type App, type Served } from "../served.ts";
import type { TokenAccess } from "../tokens.ts";

const DAY = 86_400_000;
const DEFAULT_DAYS = 30;

export function addPeopleRoutes(app: App, served: Served): void {
  const { store, invitations } = served;

  app.get("/api/me", { schema: { summary: "Who asks", response: { 200: api.MeView } } }, async (request) => ({
    ...personOf(request),
    invited: invitations !== null,
  }));

  app.post(
    "/api/join",
    {
      config: { role: "anybody" },
      schema: {
        summary: "Come in with an invitation",
        description:
          "Sets a cookie with a token, which programs may send as a bearer token too. An invitation is used up by the " +
          "first request with that token; until then it can be sent again.",
        body: api.JoinBody,
        response: { 200: api.MeView },
      },
    },
    async (request, reply) => {
      const person = await mustInvite(invitations).join(request.body.token, reply);
      return { ...person, invited: true };
    },
  );

  app.get(
    "/api/people",
    {
      config: { role: "owner" },
      schema: { summary: "Everybody who was invited, newest first", response: { 200: api.MembersView } },
    },
    async () => ({ people: (await store.listPeople()).map(memberView) }),
  );

  app.post(
    "/api/people",
    {
      config: { role: "owner" },
      schema: {
        summary: "Invite somebody",
        description:
          "The same name and role again make a new link for the same person; what they came in with before holds until " +
          "it is opened.",
        body: api.InviteBody,
        response: { 201: api.InvitedView },
      },
    },
    async (request, reply) => {
      mustInvite(invitations);
      const { name, role, expiresInDays = DEFAULT_DAYS } = request.body;
      const expires = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY);
      const { member, token } = await store.invite({ name, role, expires });
      return reply.code(201).send({ person: memberView(member), link: invitationLink(served.address(), token) });
    },
  );

  app.delete(
    "/api/people/:id",
    {
      config: { role: "owner" },
      schema: {
        summary: "Let somebody in no longer",
        description: "Their answers stay. Safe to repeat.",
        params: api.MemberParams,
        response: { 200: api.MemberView },
      },
    },
    async (request) => {
      const { id } = request.params;
      const people = await store.listPeople();
      const member = people.find((person) => person.id === id);
      if (member === undefined) {
        throw new ApiError(404, "There is nobody with this id.", { hint: "GET /api/people lists everybody." });
      }
      const otherOwners = people.filter(
        (person) => person.role === "owner" && person.id !== id && person.revoked === null && person.joined !== null,
      );
      if (member.role === "owner" && member.revoked === null && otherOwners.length === 0) {
        throw new ApiError(409, `${member.name} is the only owner who has come in.`, {
          hint: "Invite another owner first, and let them open their link.",
        });
      }
      const revoked = await store.revoke(id);
      invitations?.revoked();
      return memberView(revoked ?? member);
    },
  );

  app.get(
    "/api/runs/:run/people",
    {
      schema: {
        summary: "How everybody who answered in the run does, and how far they agree",
        description: "Owners see everybody; others see themselves, and how far all agree.",
        params: RunParams,
        response: { 200: api.CrowdView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      const view = await served.crowd.view(run);
      const { name, role } = personOf(request);
      return role === "owner" ? view : { ...view, people: view.people.filter((person) => person.name === name) };
    },
  );
}

/** What somebody is sent. The token stands behind the #, so that no request and no log ever holds it. */
export function invitationLink(address: string, token: string): string {
  return `${address}/join#token=${token}`;
}

function mustInvite(invitations: TokenAccess | null): TokenAccess {
  if (invitations !== null) return invitations;
  throw new ApiError(409, "Only this machine reaches this server, and whoever sits at it needs no invitation.", {
    hint: `Start it with "heed serve --host 0.0.0.0", and people on other machines can come in by invitation.`,
  });
}

function memberView({ id, name, role, created, expires, joined, revoked }: Member): api.MemberView {
  return {
    id,
    name,
    role,
    created: created.toISOString(),
    expires: expires?.toISOString() ?? null,
    joined: joined?.toISOString() ?? null,
    revoked: revoked?.toISOString() ?? null,
  };
}
