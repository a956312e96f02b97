/** Classes and painted pixels, strokes, undo. */
package org.pixelforest.label;
