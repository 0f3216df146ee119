// The commands, their flags, and what their errors look like.
import { Command, CommanderError, Option } from "commander";
import type { GivenFlags } from "../experiment/experiment.ts";
import { experiments } from "../experiment/registry.ts";
import { messageOf, UsageError } from "../host/errors.ts";
import { flagOptions, trainOptions } from "../host/options.ts";
import { readVersion } from "../host/version.ts";
import { StoreError } from "../store/errors.ts";
import type { ExperimentFlags } from "./commands/experiment.ts";
import type { FitFlags } from "./commands/fit.ts";
import type { HostFlags } from "./commands/follow.ts";
import type { InviteFlags } from "./commands/people.ts";
import type { ServeFlags } from "./commands/serve.ts";
import type { TeachFlags, TrainFlags } from "./commands/teach.ts";
import { integerFlag, numberFlag, optionFlag, textFlag } from "./flags.ts";
import { Output } from "./output.ts";

/** Exit codes. */
const DONE = 0;
const FAILED = 1;
const USED_WRONGLY = 2;

const NAME_HELP = "what to call the run (default: the task's name and a number)";

/** Runs one command and resolves with its exit code. `args` begins after the program's name. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let code = DONE;
  const program = makeProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return report(error, new Output(args.includes("--json")));
  }
}

function makeProgram(setCode: (code: number) => void): Command {
  const program = new Command("heed")
    .description("Teach agents what people want by asking them.")
    .version(readVersion(), "-v, --version", "print heed's version")
    .helpOption("-h, --help", "explain a command")
    .showHelpAfterError('Run "heed --help", or "heed <command> --help", to see what there is.')
    .exitOverride();

  // Commands are loaded when they are called: most of them need little of what the others do.
  const teach = command(
    program,
    "teach <task>",
    "teach an agent a task by comparisons; the task is a name or a module's path",
  );
  for (const name of flagOptions) teach.addOption(optionFlag(name));
  teach.option("--name <name>", NAME_HELP);
  hostFlags(teach).action(async (task: string, flags: TeachFlags & JsonFlag) => {
    const { teach } = await import("./commands/teach.ts");
    setCode(await teach(new Output(flags.json === true), task, flags));
  });

  const train = command(program, "train <task>", "train an agent on a task's true reward, to compare others with");
  for (const name of trainOptions) train.addOption(optionFlag(name));
  train.option("--name <name>", NAME_HELP);
  hostFlags(train).action(async (task: string, flags: TrainFlags & JsonFlag) => {
    const { train } = await import("./commands/teach.ts");
    setCode(await train(new Output(flags.json === true), task, flags));
  });

  hostFlags(command(program, "resume <run>", "go on with a run from its last checkpoint")).action(
    async (run: string, flags: HostFlags & JsonFlag) => {
      const { resume } = await import("./commands/teach.ts");
      setCode(await resume(new Output(flags.json === true), run, flags));
    },
  );

  hostFlags(command(program, "serve", "serve the page of a data directory, on which runs are started"))
    .addOption(integerFlag("--at-once", "runs that may go on at the same time (default: 1)", 1, 64).default(1, "1"))
    .option("--host <address>", "let people on other machines in, by invitation; 0.0.0.0 for all addresses")
    .option("--origin <url>", "where a proxy in front of it is reached, by invitation; https://teach.example.org")
    .addOption(
      numberFlag("--twice", "share of queries that a second person is asked too (default: 0.1)", 0, 1).default(
        0.1,
        "0.1",
      ),
    )
    .action(async (flags: ServeFlags & JsonFlag) => {
      const { serve } = await import("./commands/serve.ts");
      setCode(await serve(new Output(flags.json === true), flags));
    });

  dataFlag(command(program, "runs", "list the runs"))
    .option("--purge", "remove for good the runs that were deleted")
    .action(async (flags: DataFlag & JsonFlag & { readonly purge?: true }) => {
      const { purge, runs } = await import("./commands/runs.ts");
      const list = flags.purge === true ? purge : runs;
      setCode(await list(new Output(flags.json === true), flags.data));
    });

  const people = dataFlag(command(program, "people", "list who may come in over a network; invite and revoke them"));
  people.action(async (flags: DataFlag & JsonFlag) => {
    const { people } = await import("./commands/people.ts");
    setCode(await people(new Output(flags.json === true), flags.data));
  });
  // What is given before the name of a command below belongs to that one too.
  dataFlag(command(people, "invite", "make a link by which one person comes in"))
    .requiredOption("--name <name>", "who it is for; their answers carry this name")
    .option("--role <role>", "viewer, annotator or owner", "annotator")
    .option("--expires <time>", "when link and access end: 45m, 12h, 7d, never", "30d")
    .action(async (_flags: unknown, invited: Command) => {
      const flags = invited.optsWithGlobals<InviteFlags & JsonFlag>();
      const { invite } = await import("./commands/people.ts");
      setCode(await invite(new Output(flags.json === true), flags));
    });
  dataFlag(command(people, "revoke <name>", "let somebody in no longer; their answers stay")).action(
    async (name: string, _flags: unknown, revoked: Command) => {
      const flags = revoked.optsWithGlobals<DataFlag & JsonFlag>();
      const { revoke } = await import("./commands/people.ts");
      setCode(await revoke(new Output(flags.json === true), name, flags.data));
    },
  );

  dataFlag(command(program, "show <run>", "show one run")).action(async (run: string, flags: DataFlag & JsonFlag) => {
    const { show } = await import("./commands/show.ts");
    setCode(await show(new Output(flags.json === true), run, flags.data));
  });

  dataFlag(command(program, "evaluate <run>", "measure how well the agent of a run does its task"))
    .addOption(integerFlag("--episodes", "episodes to run (default: 20)", 1, 10_000).default(20, "20"))
    .action(async (run: string, flags: DataFlag & JsonFlag & { readonly episodes: number }) => {
      const { evaluate } = await import("./commands/evaluate.ts");
      setCode(await evaluate(new Output(flags.json === true), run, flags.episodes, flags.data));
    });

  dataFlag(command(program, "export <run> <file>", "write a run's judgements and what was compared as JSON lines"))
    .option("--demonstrations", "write the trajectories that people showed instead, as heed import reads them")
    .action(async (run: string, file: string, flags: DataFlag & JsonFlag & { readonly demonstrations?: true }) => {
      const { exportRun } = await import("./commands/export.ts");
      const { json, demonstrations, data } = flags;
      setCode(await exportRun(new Output(json === true), run, file, demonstrations === true, data));
    });

  dataFlag(command(program, "import <run> <file>", "bring trajectories in, which show a run's agent what is wanted"))
    .option("--annotator <name>", "whose they are, where the file does not say", "import")
    .action(async (run: string, file: string, flags: DataFlag & JsonFlag & { readonly annotator: string }) => {
      const { importFile } = await import("./commands/import.ts");
      setCode(await importFile(new Output(flags.json === true), run, file, flags.annotator, flags.data));
    });

  command(program, "fit <file>", "fit a reward model to comparisons in a file, and measure it by cross-validation")
    .addOption(integerFlag("--folds", "parts, each predicted from the others (default: 5)", 2, 1_000).default(5, "5"))
    .addOption(integerFlag("--seeds", "times that all of it is done (default: 5)", 1, 1_000).default(5, "5"))
    .option("--plot <file>", "write a reliability plot to this SVG file")
    .addOption(integerFlag("--velocity-column", "where an observation holds the forward velocity", 0, 1_000_000))
    .addOption(integerFlag("--height-column", "where an observation holds the torso's height", 0, 1_000_000))
    .action(async (file: string, flags: FitFlags & JsonFlag) => {
      const { fit } = await import("./commands/fit.ts");
      setCode(await fit(new Output(flags.json === true), file, flags));
    });

  hostFlags(command(program, "watch <run>", "open the page of a run that is under way or over")).action(
    async (run: string, flags: HostFlags & JsonFlag) => {
      const { watch } = await import("./commands/watch.ts");
      setCode(await watch(new Output(flags.json === true), run, flags));
    },
  );

  command(program, "check-environment <file>", "check an environment module of your own").action(
    async (file: string, flags: JsonFlag) => {
      const { checkEnvironmentModule } = await import("./commands/check-environment.ts");
      setCode(await checkEnvironmentModule(new Output(flags.json === true), file));
    },
  );

  experimentCommands(program, setCode);
  return program;
}

/** One command under `experiment` for each experiment that there is. */
function experimentCommands(program: Command, setCode: (code: number) => void): void {
  const known = experiments.map(({ name }) => name).join(", ");
  const parent = program
    .command("experiment")
    .usage("<name> [options]")
    .description("run a measured comparison over many seeds; goes on from where it was")
    .argument("[name]")
    // Only what is no experiment's name comes here.
    .action((name?: string) => {
      const wrong = name === undefined ? "Which experiment?" : `There is no experiment "${name}".`;
      throw new UsageError(`${wrong} Known experiments: ${known}.`);
    });
  for (const experiment of experiments) {
    const { name, description, flags } = experiment;
    const one = command(parent, name, description)
      .option("--out <dir>", `directory for trials and tables (default: heed-experiments/${name})`)
      .addOption(integerFlag("--parallel", "trials at the same time (default: all cores)", 1, 256));
    for (const flag of flags) one.addOption(textFlag(flag.name, flag.placeholder, flag.description));
    one.action(async (given: ExperimentFlags & JsonFlag) => {
      const { runExperimentCommand } = await import("./commands/experiment.ts");
      const { json, out, parallel, ...own } = given;
      const common = { ...(out === undefined ? {} : { out }), ...(parallel === undefined ? {} : { parallel }) };
      // Flags of an experiment's own are text, as they were declared.
      setCode(await runExperimentCommand(new Output(json === true), experiment, own as GivenFlags, common));
    });
  }
}

interface JsonFlag {
  readonly json?: true;
}

interface DataFlag {
  readonly data?: string;
}

function command(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option("--json", "print one JSON object a line and nothing else");
}

function dataFlag(command: Command): Command {
  return command.option("--data <dir>", "directory that holds the runs (default: heed-data)");
}

function hostFlags(command: Command): Command {
  return dataFlag(command)
    .addOption(integerFlag("--port", "port of the page, 0 for any (default: 4733, or the next free one)", 0, 65_535))
    .addOption(new Option("--no-open", "do not open the page in a browser"));
}

/** Tells what went wrong, and returns the exit code. */
function report(error: unknown, output: Output): number {
  if (error instanceof CommanderError) {
    // Help and version end like errors; what is said of true ones has been said.
    if (error.exitCode === 0) return DONE;
    if (output.json) output.result({ event: "failed", message: error.message });
    return USED_WRONGLY;
  }
  output.say(`heed: ${messageOf(error)}`);
  if (output.json) output.result({ event: "failed", message: messageOf(error) });
  if ((process.env["HEED_DEBUG"] ?? "") !== "") output.say(error instanceof Error ? (error.stack ?? "") : "");
  return isUsage(error) ? USED_WRONGLY : FAILED;
}

function isUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (error instanceof StoreError && (error.code === "unknown-run" || error.code === "bad-name"))
  );
}
