/** Executors as processes: starting, talking to, and ending them, with all they leave. */
package dev.farpool.worker.exec;
