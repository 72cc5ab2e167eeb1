/** The load generator behind {@code farpool bench}. */
package dev.farpool.bench;
