# cuhostlint in a GNU Makefile: beside each object its unit; `make lint` reports on the units of
# OBJECTS. Both are made again when the source or a header of it changes.
#
#   OBJECTS = obj/upload.o obj/main.o
#   include cuhostlint.mk
#   obj/%.o: src/%.cu
#   	$(NVCC) $(FLAGS) -MD -MF $@.d -c $< -o $@
#   	$(CUHOSTLINT) index -o $(@:.o=.unit) -- $(NVCC) $(FLAGS) -c $< -o $@

CUHOSTLINT ?= cuhostlint

.PHONY: lint
lint: $(OBJECTS)
	$(CUHOSTLINT) link $(CUHOSTLINT_OPTIONS) $(OBJECTS:.o=.unit)

-include $(OBJECTS:=.d)
