/**
 * How JSON is read and written, in one place.
 *
 * <p>Everybody may use it. Nothing else may configure Jackson, and no reading here may choose a
 * class by what the text says.
 */
@NullMarked
package io.parley.json;

import org.jspecify.annotations.NullMarked;
