// How everybody who answered does.
import type { CrowdView } from "../../../src/server/people-api.ts";
import { alphaText, paceText, shareText } from "./people-words.ts";

export function CrowdTable({ people }: { readonly people: CrowdView["people"] }) {
  return (
    <div class="card crowd-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Answers</th>
            <th scope="col" title="While they answer: pauses of more than a minute are left out">
              A minute
            </th>
            <th scope="col" title="Krippendorff’s alpha of their answers against those of the others">
              Agreement
            </th>
            <th scope="col" title="Estimated share of their comparisons that are right">
              Reliability
            </th>
            <th scope="col" title="How much their answers count for the reward model">
              Weight
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.name}>
              <th scope="row">{person.name}</th>
              <td data-label="Answers">{person.answers.toLocaleString("en")}</td>
              <td data-label="A minute">{paceText(person.answersPerMinute)}</td>
              <td data-label="Agreement">{alphaText(person.alpha)}</td>
              <td data-label="Reliability">{shareText(person.correct)}</td>
              <td data-label="Weight">
                <meter min={0} max={1} value={person.weight} aria-label={`Weight of ${person.name}`} />{" "}
                {person.weight.toFixed(2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
