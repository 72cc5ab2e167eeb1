/**
 * The blobs of the cluster on disk. Its calls may wait for the disk and have threads of their own.
 */
package dev.farpool.coordinator.blob;
