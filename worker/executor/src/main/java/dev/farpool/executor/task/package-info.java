/** The kinds of tasks, and what becomes of them. */
package dev.farpool.executor.task;
