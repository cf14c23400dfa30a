/**
 * How nodes find each other: the Vert.x instance of a node, alone or as a member of a cluster.
 *
 * <p>Called once, when a node starts and when it stops. Nothing here may decide who owns what: no
 * Hazelcast lock, counter or attribute is used, only membership and the event bus's own maps.
 */
@NullMarked
package io.parley.cluster;

import org.jspecify.annotations.NullMarked;
