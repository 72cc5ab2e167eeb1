/** The process in which user code runs: a runtime without dependencies. */
package dev.farpool.executor;
