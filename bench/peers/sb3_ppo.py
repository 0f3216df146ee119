"""Stable-Baselines3's PPO on the true reward of one of Gymnasium's environments: how fast, and how good it gets.

A request carries the environment, the number of steps, the seed, the hyperparameters, which vector of environments to
use and how many threads PyTorch may have. Observations and rewards are normalised by VecNormalize, as heed does by
means of its own. The clock runs while the agent learns; making processes and evaluating are not counted.
"""

import time

import torch
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.evaluation import evaluate_policy
from stable_baselines3.common.vec_env import VecNormalize

from protocol import serve
from sb3 import make_ppo, make_vector

# Rollouts between two lines of a curve, as in heed.
ROLLOUTS_PER_LINE = 2


class Curve(BaseCallback):
    """Notes steps, seconds and the mean true return of the episodes that ended since the line before."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.returns = []
        self.rollouts = 0

    def _on_training_start(self):
        self.began = time.perf_counter()

    def _on_step(self):
        self.returns += [info["episode"]["r"] for info in self.locals["infos"] if "episode" in info]
        return True

    def _on_rollout_start(self):
        # The update of the rollout before is done by now.
        if self.rollouts > 0 and self.rollouts % ROLLOUTS_PER_LINE == 0:
            self.write()
        self.rollouts += 1

    def _on_training_end(self):
        self.write()

    def write(self):
        mean = sum(self.returns) / len(self.returns) if self.returns else None
        seconds = time.perf_counter() - self.began
        self.lines.append({"steps": self.num_timesteps, "seconds": seconds, "trueReturn": mean})
        self.returns = []


def measure(request):
    torch.set_num_threads(request["threads"])
    hyper = request["hyperparameters"]
    vector = VecNormalize(make_vector(request), gamma=hyper["discount"], clip_obs=hyper["clippedObservations"])
    agent = make_ppo(vector, request)
    curve = Curve()
    started = time.perf_counter()
    agent.learn(request["steps"], callback=curve)
    seconds = time.perf_counter() - started
    last = [episode["r"] for episode in agent.ep_info_buffer]
    vector.close()
    return {
        "steps": agent.num_timesteps,
        "seconds": seconds,
        "curve": curve.lines,
        "lastEpisodes": sum(last) / len(last) if last else None,
        "evaluation": evaluate(agent, vector, request),
    }


def evaluate(agent, training, request):
    """The mean true return of that many whole episodes, each with the policy's mean action."""
    episodes = request["evaluationEpisodes"]
    if episodes == 0:
        return None
    seed = request["seed"] + 1_000_000
    one_each = {**request, "environments": episodes, "vector": "DummyVecEnv", "seed": seed}
    vector = VecNormalize(make_vector(one_each), training=False, norm_reward=False)
    vector.obs_rms, vector.clip_obs = training.obs_rms, training.clip_obs
    returns, _ = evaluate_policy(agent, vector, n_eval_episodes=episodes, return_episode_rewards=True)
    vector.close()
    return sum(returns) / len(returns)


if __name__ == "__main__":
    serve(measure)
