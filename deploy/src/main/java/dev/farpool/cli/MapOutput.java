package dev.farpool.cli;

import java.io.OutputStream;

/**
 * Where a run of {@code farpool map} writes.
 *
 * @param out standard output of the jobs
 * @param err standard error of the jobs
 * @param progress how far it is
 */
record MapOutput(OutputStream out, OutputStream err, MapProgress progress) {}
