"""Records what Gymnasium's eight MuJoCo robots do, for the tests of heed's to be held to.

Usage, in a virtual environment with gymnasium[mujoco] 1.4.0 and mujoco 3.14.0:

    python bench/peers/fixtures.py src/environment/fixtures
    python bench/peers/fixtures.py --sensitivity

The first writes one JSON file per robot:

- `runs`: for three seeds the first 100 steps, taken on past the end of an episode, with the seed of their actions.
  `trajectory` is float32, little endian, in base64: 101 rows of the observation, the reward and whether the step
  terminated (1 or 0); the first row is the start and has a reward of 0. `starts` are the positions and velocities from
  which the steps go on, the first before step 1, and where motion is chaotic another one every `restartEvery` steps:
  the state of that moment, on clean data.
- `resets`: over many starts, of each number of the first observation mean, standard deviation, and how far the one
  furthest from the mean is.
- `statistics`: over many long runs under random actions from other starts, mean and standard deviation from run to run
  of these numbers per run: each observation's mean, each observation's standard deviation, the sum of the rewards, and
  of the first episode in it length and return.

The second prints how far each robot departs from itself within 100 steps where its start is moved by 1e-15: what no
other build of MuJoCo, which rounds sines and sums differently, could fall below.
"""

import base64
import json
import sys
from pathlib import Path

import gymnasium
import mujoco
import numpy

ROBOTS = {
    "hopper": "Hopper-v5",
    "walker2d": "Walker2d-v5",
    "half-cheetah": "HalfCheetah-v5",
    "ant": "Ant-v5",
    "swimmer": "Swimmer-v5",
    "reacher": "Reacher-v5",
    "inverted-pendulum": "InvertedPendulum-v5",
    "inverted-double-pendulum": "InvertedDoublePendulum-v5",
}
EXPECTED = {"gymnasium": "1.4.0", "mujoco": "3.14.0"}
SEEDS = (1, 2, 3)
COMPARED_STEPS = 100
# Steps between restarts. Rounding that differs in the 16th digit grows past 1e-6 after some 50 and some 90 steps.
RESTARTS = {"half-cheetah": 25, "ant": 50}
RESETS = 1_000
STATISTICS_RUNS = 60


class Actions:
    """Uniform random actions from Marsaglia's 32-bit xorshift, which is as short in any language."""

    def __init__(self, seed, space):
        self.state = seed
        self.low = space.low.astype(numpy.float64)
        self.high = space.high.astype(numpy.float64)

    def uniform(self):
        word = self.state
        word ^= (word << 13) & 0xFFFFFFFF
        word ^= word >> 17
        word ^= (word << 5) & 0xFFFFFFFF
        self.state = word
        return (word >> 8) / 2**24

    def next(self):
        """One action, rounded to float32 like those that agents choose."""
        shares = numpy.array([self.uniform() for _ in self.low])
        return (self.low + (self.high - self.low) * shares).astype(numpy.float32)


def set_state(environment, positions, velocities):
    """Puts the robot somewhere, with nothing left of what was before."""
    mujoco.mj_resetData(environment.model, environment.data)
    environment.set_state(positions, velocities)


def start(environment, seed):
    """Resets, and sets the same state once more on clean data, as a test will."""
    environment.reset(seed=seed)
    set_state(environment, environment.data.qpos.copy(), environment.data.qvel.copy())


def record_run(environment, seed, restart_every):
    start(environment, seed)
    action_seed = 1000 + seed
    actions = Actions(action_seed, environment.action_space)
    rows = [numpy.append(environment._get_obs(), [0.0, 0.0])]
    starts = []
    for step in range(COMPARED_STEPS):
        if step % restart_every == 0:
            positions, velocities = environment.data.qpos.copy(), environment.data.qvel.copy()
            set_state(environment, positions, velocities)
            starts.append({"qpos": positions.tolist(), "qvel": velocities.tolist()})
        observation, reward, terminated, _, _ = environment.step(actions.next())
        rows.append(numpy.append(observation, [reward, float(terminated)]))
    return {
        "actionSeed": action_seed,
        "starts": starts,
        "trajectory": base64.b64encode(numpy.array(rows, dtype="<f4").tobytes()).decode("ascii"),
    }


def states(environment, seed, moved_by):
    """Positions and velocities of the compared steps, `[steps, nq + nv]`, from a start whose pitch or the like is moved."""
    start(environment, seed)
    positions, velocities = environment.data.qpos.copy(), environment.data.qvel.copy()
    positions[2 if len(positions) > 4 else -1] += moved_by
    set_state(environment, positions, velocities)
    actions = Actions(1000 + seed, environment.action_space)
    rows = []
    for _ in range(COMPARED_STEPS):
        environment.step(actions.next())
        rows.append(environment.state_vector())
    return numpy.array(rows)


def print_sensitivity():
    marks = [step for step in (25, 50, 75, 100)]
    print(f"{'largest difference after':28}" + "".join(f"{mark:>10}" for mark in marks))
    for robot, name in ROBOTS.items():
        environment = gymnasium.make(name).unwrapped
        worst = numpy.zeros(COMPARED_STEPS)
        for seed in SEEDS:
            straight = states(environment, seed, 0.0)
            for moved_by in (-1e-15, 1e-15):
                difference = numpy.abs(states(environment, seed, moved_by) - straight)
                worst = numpy.maximum(worst, (difference / numpy.maximum(1, numpy.abs(straight))).max(axis=1))
        print(f"{robot:28}" + "".join(f"{worst[:mark].max():10.0e}" for mark in marks))


def summarise_run(environment, seed, horizon):
    start(environment, 10_000 + seed)
    actions = Actions(20_000 + seed, environment.action_space)
    observations = []
    total = 0.0
    first_length = 0
    first_return = 0.0
    over = False
    for _ in range(horizon):
        observation, reward, terminated, _, _ = environment.step(actions.next())
        observations.append(observation)
        total += reward
        if not over:
            first_length += 1
            first_return += reward
            over = terminated
    observations = numpy.array(observations)
    return numpy.concatenate(
        [observations.mean(axis=0), observations.std(axis=0), [total, first_length, first_return]]
    )


def record_resets(environment):
    observations = numpy.array([environment.reset(seed=50_000 + seed)[0] for seed in range(RESETS)])
    mean = observations.mean(axis=0)
    return {
        "count": RESETS,
        "mean": rounded(mean),
        "deviation": rounded(observations.std(axis=0, ddof=1)),
        "furthest": rounded(numpy.abs(observations - mean).max(axis=0)),
    }


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def record(robot):
    made = gymnasium.make(ROBOTS[robot])
    environment = made.unwrapped
    horizon = made.spec.max_episode_steps
    summaries = numpy.array([summarise_run(environment, seed, horizon) for seed in range(STATISTICS_RUNS)])
    return {
        "environment": ROBOTS[robot],
        "versions": EXPECTED,
        "restartEvery": RESTARTS.get(robot, COMPARED_STEPS),
        "runs": [record_run(environment, seed, RESTARTS.get(robot, COMPARED_STEPS)) for seed in SEEDS],
        "resets": record_resets(environment),
        "statistics": {
            "runs": STATISTICS_RUNS,
            "steps": horizon,
            "mean": rounded(summaries.mean(axis=0)),
            "deviation": rounded(summaries.std(axis=0, ddof=1)),
        },
    }


def main():
    found = {"gymnasium": gymnasium.__version__, "mujoco": mujoco.__version__}
    if found != EXPECTED:
        sys.exit(f"These versions are installed: {found}. The fixtures are made with {EXPECTED}.")
    if len(sys.argv) != 2:
        sys.exit("Give the folder to write to, such as src/environment/fixtures, or --sensitivity.")
    if sys.argv[1] == "--sensitivity":
        print_sensitivity()
        return
    folder = Path(sys.argv[1])
    for robot in ROBOTS:
        (folder / f"{robot}.json").write_text(json.dumps(record(robot)) + "\n")
        print(robot, flush=True)


if __name__ == "__main__":
    main()
