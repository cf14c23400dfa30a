/**
 * What both edges do with connections before they look at what is asked: count them, refuse those
 * that are too many, and close those that take too long.
 *
 * <p>{@link io.parley.edge.Door} is one for a node, made by {@code Deployment}; each event loop
 * that listens has {@link io.parley.edge.Callers} of its own. It must never happen that whoever
 * connects often, sends slowly or does not read takes the files or the memory that others need.
 */
@NullMarked
package io.parley.edge;

import org.jspecify.annotations.NullMarked;
