using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "main", worker = .main)]);

const main :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "bundle.mjs", esModule = embed "bundle.mjs"),
    (name = "bodies.json", json = embed "bodies.json"),
  ],
  compatibilityDate = "2026-11-01",
  # From this date on Node's modules and globals are there unless they are switched off.
  compatibilityFlags = ["no_nodejs_compat", "no_nodejs_compat_v2"],
);
