/** The six filters on floats; knows no class, project or file. */
package org.pixelforest.filter;
