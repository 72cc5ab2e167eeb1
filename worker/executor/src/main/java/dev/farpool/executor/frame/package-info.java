/** The frames between an executor and its agent. */
package dev.farpool.executor.frame;
