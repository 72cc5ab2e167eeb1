/**
 * Payload on disk that the heap has no room for. Nothing of it outlives the process. Its calls may
 * wait for the disk.
 */
package dev.farpool.coordinator.spill;
