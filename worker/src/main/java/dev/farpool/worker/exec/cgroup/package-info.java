/** Control groups of executors: what bounds them as a whole, and what none of them escapes. */
package dev.farpool.worker.exec.cgroup;
