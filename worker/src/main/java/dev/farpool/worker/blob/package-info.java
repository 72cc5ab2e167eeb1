/** Blobs on this host: fetched once, checked, kept. */
package dev.farpool.worker.blob;
