# cmake -DPROGRAM=cuhostlint -DFOLDER=DIR -DSTAMP=FILE -P precompile.cmake: what CUDA sources begin
# with, precompiled beside the program, for first runs. Where no libclang is installed yet, there is
# none: a run does without it.
file(REMOVE_RECURSE ${FOLDER})
execute_process(COMMAND ${PROGRAM} --precompile ${FOLDER} RESULT_VARIABLE status ERROR_VARIABLE why)
if(NOT status EQUAL 0)
  message(STATUS "First runs will take longer: ${why}")
endif()
if(EXISTS ${FOLDER}) # a checkout may serve several users
  file(CHMOD_RECURSE ${FOLDER} FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
    DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
endif()
file(TOUCH ${STAMP})
