/*
 * product: the product's version, here and nowhere else. Read by C and by both resource compilers.
 */
#ifndef WZ_PRODUCT_RESOURCE_H
#define WZ_PRODUCT_RESOURCE_H

#define WZ_PRODUCT_VERSION_MAJOR  0
#define WZ_PRODUCT_VERSION_MINOR  1
#define WZ_PRODUCT_VERSION_PATCH  0
#define WZ_PRODUCT_VERSION_TEXT   "0.1.0"

#endif
