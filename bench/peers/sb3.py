"""Stable-Baselines3's PPO with heed's network and hyperparameters, which bench/peers/hyperparameters.ts writes down."""

import math

import gymnasium
import mujoco
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.vec_env import DummyVecEnv, SubprocVecEnv

VECTORS = {"DummyVecEnv": DummyVecEnv, "SubprocVecEnv": SubprocVecEnv}


class PutBackUp(gymnasium.Wrapper):
    """Episodes of fixed length as in heed's tasks for preference learning.

    A robot that has fallen is put back up where it fell, which costs as much as a quarter of a healthy second earns.
    """

    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        if info["reward_survive"] == 0:
            world = self.unwrapped
            reward -= 0.25 * world._healthy_reward / world.dt
            place = world.data.qpos[0]
            mujoco.mj_resetData(world.model, world.data)
            world.reset_model()
            world.data.qpos[0] = place
            mujoco.mj_forward(world.model, world.data)
            observation = world._get_obs()
        return observation, reward, terminated, truncated, info


def make_vector(request):
    """The environments that a request describes, with a monitor each that knows the true return."""

    def make():
        if not request["fixedHorizon"]:
            return gymnasium.make(request["environment"])
        return PutBackUp(gymnasium.make(request["environment"], terminate_when_unhealthy=False))

    vector = VECTORS[request["vector"]]
    return make_vec_env(make, n_envs=request["environments"], seed=request["seed"], vec_env_cls=vector)


def make_ppo(vector, request, **policy_options):
    """An untrained agent. A rollout has as many rows as heed's, whatever the number of environments is."""
    hyper = request["hyperparameters"]
    start = hyper["learningRate"]
    end = start * hyper["finalLearningRate"]
    hidden = hyper["hidden"]
    return PPO(
        "MlpPolicy",
        vector,
        learning_rate=lambda remaining: end + (start - end) * remaining,
        n_steps=hyper["rows"] // vector.num_envs,
        batch_size=hyper["batch"],
        n_epochs=hyper["epochs"],
        gamma=hyper["discount"],
        gae_lambda=hyper["lambda"],
        clip_range=hyper["clip"],
        ent_coef=hyper["entropyBonus"],
        # heed's squared error has a factor of a half.
        vf_coef=0.5,
        max_grad_norm=hyper["maxGradientNorm"],
        # An update ends here at 1.5 times the target.
        target_kl=hyper["maxDivergence"] / 1.5,
        policy_kwargs={
            "net_arch": {"pi": hidden, "vf": hidden},
            "activation_fn": torch.nn.Tanh,
            "log_std_init": math.log(hyper["actionDeviation"]),
            **policy_options,
        },
        seed=request["seed"],
        device="cpu",
    )
