"""How many steps per second Gymnasium's Hopper-v5 takes from Python, with random actions and nobody learning.

A request names a way: "one" environment in this process, "SubprocVecEnv" of Stable-Baselines3 or "AsyncVectorEnv" of
Gymnasium with one process per environment and all of them stepped together, or "processes" that each step an
environment of their own and never wait for each other, which is more than any learner gets. Actions are drawn before
the clock starts. Episodes begin again where they end.
"""

import multiprocessing
import time

import gymnasium
import numpy
from stable_baselines3.common.vec_env import SubprocVecEnv

from protocol import serve

ENVIRONMENT = "Hopper-v5"
ACTIONS = 3
# Actions are drawn once and used in turn: drawing them is not what is measured.
DRAWN = 4096
WARM_UP_STEPS = 1000


def make():
    return gymnasium.make(ENVIRONMENT)


def draw(shape, seed=0):
    return numpy.random.default_rng(seed).uniform(-1, 1, shape).astype(numpy.float32)


def rate(step, steps_per_call, seconds):
    """Environment steps per second over `seconds`, after a warm-up. `step(i)` takes the i-th step."""
    for i in range(WARM_UP_STEPS):
        step(i)
    calls = 0
    started = time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        # Looking at the clock once in 32 calls keeps it out of the measurement.
        for i in range(calls, calls + 32):
            step(i)
        calls += 32
    return calls * steps_per_call / elapsed


def one(seconds, seed=0):
    environment = make()
    environment.reset(seed=seed)
    actions = draw((DRAWN, ACTIONS), seed)

    def step(i):
        _, _, terminated, truncated, _ = environment.step(actions[i % DRAWN])
        if terminated or truncated:
            environment.reset()

    return rate(step, 1, seconds)


def vectorised(environments, count, seconds):
    """Both libraries' vectors begin episodes again by themselves."""
    environments.reset()
    actions = draw((DRAWN, count, ACTIONS))
    try:
        return rate(lambda i: environments.step(actions[i % DRAWN]), count, seconds)
    finally:
        environments.close()


def measure(request):
    way, count, seconds = request["way"], request["environments"], request["seconds"]
    if way == "one":
        steps_per_second = one(seconds)
    elif way == "SubprocVecEnv":
        steps_per_second = vectorised(SubprocVecEnv([make] * count), count, seconds)
    elif way == "AsyncVectorEnv":
        steps_per_second = vectorised(gymnasium.vector.AsyncVectorEnv([make] * count), count, seconds)
    elif way == "processes":
        with multiprocessing.get_context("spawn").Pool(count) as pool:
            steps_per_second = sum(pool.starmap(one, [(seconds, seed) for seed in range(count)], chunksize=1))
    else:
        raise ValueError(f"There is no way {way!r}.")
    return {"stepsPerSecond": steps_per_second}


if __name__ == "__main__":
    serve(measure)
