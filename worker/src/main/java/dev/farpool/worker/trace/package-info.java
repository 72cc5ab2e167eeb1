/** What the agent tells of traced attempts, on its way to whoever collects spans. */
package dev.farpool.worker.trace;
