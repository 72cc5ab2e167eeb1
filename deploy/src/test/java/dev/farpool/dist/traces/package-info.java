/** What tests of traces are made of. */
package dev.farpool.dist.traces;
