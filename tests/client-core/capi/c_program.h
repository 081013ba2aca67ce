#ifndef C_PROGRAM_H
#define C_PROGRAM_H

#ifdef __cplusplus
extern "C" {
#endif

/* Each gives 1 where all was as expected. */
int c_opens_and_refuses(const char* path);
int c_works(const char* path);

#ifdef __cplusplus
}
#endif

#endif
