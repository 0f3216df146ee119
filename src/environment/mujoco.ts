// The one place that knows MuJoCo's WebAssembly build: what it keeps on its own heap, what must be freed, and what
// goes stale. Everything else sees models, simulations and typed arrays.
import loadMujoco, { type MainModule, type MjData, type MjModel } from "@mujoco/mujoco";

/** A compiled model, shared by all simulations of the calling thread. */
export interface Model {
  readonly mujoco: MainModule;
  readonly handle: MjModel;
  /** Seconds per physics step. */
  readonly timestep: number;
  /** Bounds of the controls, `[nu]` each. */
  readonly controlRange: { readonly low: readonly number[]; readonly high: readonly number[] };
  /** Names of the actuators, `[nu]`. */
  readonly controlNames: readonly string[];
}

let mujoco: Promise<MainModule> | undefined;
const models = new Map<string, Promise<Model>>();

/**
 * Compiles an MJCF document, once per thread and text. Models stay in memory for as long as the thread lives.
 * Give every model a small arena, such as `<size memory="400K"/>`: each simulation reserves that much, and the default
 * is tens of megabytes. Throws an Error with MuJoCo's own words where the document is wrong.
 */
export function loadModel(mjcf: string): Promise<Model> {
  let model = models.get(mjcf);
  if (model === undefined) {
    model = compile(mjcf);
    models.set(mjcf, model);
  }
  return model;
}

async function compile(mjcf: string): Promise<Model> {
  // MuJoCo would print to standard output, which belongs to the program. Its errors are thrown all the same.
  mujoco ??= loadMujoco({ print: () => {}, printErr: () => {} });
  const module = await mujoco;
  const handle = module.MjModel.from_xml_string(mjcf);
  // The binding's declarations say `any` for every array; this one holds doubles, low and high in turn.
  const bounds = [...(handle.actuator_ctrlrange as Float64Array)];
  const controlRange = { low: bounds.filter((_, i) => i % 2 === 0), high: bounds.filter((_, i) => i % 2 === 1) };
  const actuator = module.mjtObj.mjOBJ_ACTUATOR.value;
  const controlNames = controlRange.low.map((_, i) => module.mj_id2name(handle, actuator, i));
  return { mujoco: module, handle, timestep: handle.opt.timestep, controlRange, controlNames };
}

/** MuJoCo's id of the body of that name. Throws an Error where there is none. */
export function bodyId({ mujoco, handle }: Model, name: string): number {
  const id = mujoco.mj_name2id(handle, mujoco.mjtObj.mjOBJ_BODY.value, name);
  if (id < 0) throw new Error(`No body of the model is called "${name}".`);
  return id;
}

/** One world in motion: the state that belongs to a model. Used by one thread and never after `close`. */
export class Simulation {
  readonly model: Model;
  readonly #mujoco: MainModule;
  readonly #model: MjModel;
  readonly #data: MjData;
  // Reading `data.qpos` builds a new view each time, so views are kept. When the heap grows, all of them become empty
  // at once; one look at a length finds that out.
  #qpos = new Float64Array();
  #qvel = new Float64Array();
  #ctrl = new Float64Array();
  #warmstart = new Float64Array();
  #qfrcConstraint = new Float64Array();
  #cfrcExt = new Float64Array();
  #xpos = new Float64Array();
  #xquat = new Float64Array();

  constructor(model: Model) {
    this.model = model;
    this.#mujoco = model.mujoco;
    this.#model = model.handle;
    this.#data = new model.mujoco.MjData(model.handle);
    this.#view();
  }

  /** Positions in generalised coordinates, `[nq]`. Live: hold it no longer than until the next simulation is made. */
  get qpos(): Float64Array {
    if (this.#qpos.length === 0) this.#view();
    return this.#qpos;
  }

  /** Velocities, `[nv]`. Live, like `qpos`. */
  get qvel(): Float64Array {
    if (this.#qvel.length === 0) this.#view();
    return this.#qvel;
  }

  /** Controls, `[nu]`. Live, like `qpos`. Keep them finite: MuJoCo takes all of them for 0 where one is not. */
  get ctrl(): Float64Array {
    if (this.#ctrl.length === 0) this.#view();
    return this.#ctrl;
  }

  /** Accelerations that the solver begins its search from, `[nv]`: the next step depends on them too. Live, like `qpos`. */
  get warmstart(): Float64Array {
    if (this.#warmstart.length === 0) this.#view();
    return this.#warmstart;
  }

  /**
   * Where each body was when forces were last computed, `[bodies, 3]`, in metres. Live, like `qpos`. After a step that
   * is a little before where `qpos` says: MuJoCo moves the bodies when the next step begins.
   */
  get xpos(): Float64Array {
    if (this.#xpos.length === 0) this.#view();
    return this.#xpos;
  }

  /** What contacts and joint limits do to each degree of freedom, `[nv]`, in newtons or newton metres. Live. */
  get qfrcConstraint(): Float64Array {
    if (this.#qfrcConstraint.length === 0) this.#view();
    return this.#qfrcConstraint;
  }

  /** Torque and force of all contacts on each body, `[bodies, 6]`, as `findContactForces` left them. Live. */
  get cfrcExt(): Float64Array {
    if (this.#cfrcExt.length === 0) this.#view();
    return this.#cfrcExt;
  }

  /** Writes `cfrcExt` for the contacts of the last step. */
  findContactForces(): void {
    this.#mujoco.mj_rnePostConstraint(this.#model, this.#data);
  }

  /** Back to the model's initial state. */
  reset(): void {
    this.#mujoco.mj_resetData(this.#model, this.#data);
  }

  /** Computes everything that follows from positions and velocities that were written from outside. */
  forward(): void {
    this.#mujoco.mj_forward(this.#model, this.#data);
  }

  /**
   * Moves the world on by `frames` physics steps. Allocates nothing.
   * @returns false where the physics blew up: a state is not finite, or MuJoCo found a position, velocity or
   *   acceleration that is not finite or beyond its limit of 10^10.
   */
  step(frames: number): boolean {
    const started = this.#data.time;
    for (let i = 0; i < frames; i++) this.#mujoco.mj_step(this.#model, this.#data);
    // When MuJoCo warns of a bad position, velocity or acceleration it also resets the world, clock included. Reading
    // the clock takes 50 ns; reading the warnings themselves takes microseconds, and is needed only where the clock
    // would show the same after a reset: in an episode's first call.
    if (!(this.#data.time > started + (frames - 0.5) * this.model.timestep)) return false;
    if (started === 0 && this.#warned()) return false;
    // 0 times anything finite is 0, and NaN otherwise.
    let sum = 0;
    for (const value of this.qpos) sum += value * 0;
    for (const value of this.qvel) sum += value * 0;
    return sum === 0;
  }

  /** Writes where bodies are: per id in `bodies` x, y, z (metres) and a unit quaternion w, x, y, z. */
  pose(bodies: readonly number[], out: Float32Array): void {
    // An integrator with inner stages leaves the bodies where its last stage had them. This moves them to `qpos` and
    // changes nothing that the next step depends on.
    this.#mujoco.mj_kinematics(this.#model, this.#data);
    const { xpos } = this;
    let next = 0;
    for (const body of bodies) {
      for (let i = 0; i < 3; i++) out[next++] = xpos[body * 3 + i];
      for (let i = 0; i < 4; i++) out[next++] = this.#xquat[body * 4 + i];
    }
  }

  /** Frees the world. A second call does nothing. */
  close(): void {
    if (!this.#data.isDeleted()) this.#data.delete();
  }

  /** Whether MuJoCo has warned of anything since the reset. */
  #warned(): boolean {
    let count = 0;
    // The list belongs to MuJoCo and is not to be freed; each entry that is read is a copy, and is.
    const warnings = this.#data.warning;
    for (let i = 0; i < warnings.size(); i++) {
      const warning = warnings.get(i);
      count += warning?.number ?? 0;
      warning?.delete();
    }
    return count > 0;
  }

  #view(): void {
    // The binding's declarations say `any` for every array; MuJoCo's numbers are doubles.
    this.#qpos = this.#data.qpos as Float64Array<ArrayBuffer>;
    this.#qvel = this.#data.qvel as Float64Array<ArrayBuffer>;
    this.#ctrl = this.#data.ctrl as Float64Array<ArrayBuffer>;
    this.#warmstart = this.#data.qacc_warmstart as Float64Array<ArrayBuffer>;
    this.#qfrcConstraint = this.#data.qfrc_constraint as Float64Array<ArrayBuffer>;
    this.#cfrcExt = this.#data.cfrc_ext as Float64Array<ArrayBuffer>;
    this.#xpos = this.#data.xpos as Float64Array<ArrayBuffer>;
    this.#xquat = this.#data.xquat as Float64Array<ArrayBuffer>;
  }
}
