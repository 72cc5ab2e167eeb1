/** Processes that came from one, and signals to them. */
package dev.farpool.executor.tree;
