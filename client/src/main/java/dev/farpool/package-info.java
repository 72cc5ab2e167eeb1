/**
 * Python's {@code multiprocessing.Pool} and {@code Process} for a whole cluster.
 *
 * <pre>{@code
 * Pool pool = new Pool(2);       // two processes: on this machine, or on a cluster
 * pool.applyAsync(Seed::p1);
 * pool.applyAsync(Seed::p2);
 * pool.close();                  // no more tasks
 * pool.join();                   // every task has finished
 * }</pre>
 *
 * <p>Without further ado this uses processes on this machine; with the environment variable {@code
 * FARPOOL_COORDINATOR=host:7400} the same program uses that cluster. See {@link dev.farpool.Pool},
 * {@link dev.farpool.RemoteProcess} and {@link dev.farpool.Cluster}.
 */
package dev.farpool;
