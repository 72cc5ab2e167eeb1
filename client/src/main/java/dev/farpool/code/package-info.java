/** The code of this program, as jars named by content. */
package dev.farpool.code;
