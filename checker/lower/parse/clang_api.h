/* The functions of libclang, found at run time.
 *
 * The program is built against one version's header and runs with any libclang from 17 to 22:
 * no enumerator changed its value and no function was removed in between. A call reads as in C,
 * without the prefix: clang->getCursorKind(cursor). */
#ifndef CUHOSTLINT_LOWER_PARSE_CLANG_API_H
#define CUHOSTLINT_LOWER_PARSE_CLANG_API_H

#include "support/arena.h"
#include "support/error.h"

#include <clang-c/Index.h>

enum { CLANG_OLDEST = 17, CLANG_NEWEST = 22 };

/* From this version on, clang_getSpellingLocation looks into macro bodies. Before, the record of
 * the preprocessor has to tell where macros are used. */
enum { CLANG_SPELLS_FROM = 19 };

/* What every supported version has. To use one more function, add its line. */
#define CLANG_FUNCTIONS(X)                                                                         \
    /* index, units, files */                                                                      \
    X(createIndex)                                                                                 \
    X(createIndexWithOptions)                                                                      \
    X(disposeIndex)                                                                                \
    X(parseTranslationUnit2)                                                                       \
    X(saveTranslationUnit)                                                                         \
    X(reparseTranslationUnit)                                                                      \
    X(defaultReparseOptions)                                                                       \
    X(disposeTranslationUnit)                                                                      \
    X(getTranslationUnitCursor)                                                                    \
    X(getTranslationUnitTargetInfo)                                                                \
    X(TargetInfo_dispose)                                                                          \
    X(TargetInfo_getPointerWidth)                                                                  \
    X(getFile)                                                                                     \
    X(getFileName)                                                                                 \
    X(getFileContents)                                                                             \
    X(getFileUniqueID)                                                                             \
    X(File_isEqual)                                                                                \
    X(File_tryGetRealPathName)                                                                     \
    X(isFileMultipleIncludeGuarded)                                                                \
    X(getIncludedFile)                                                                             \
    X(getInclusions)                                                                               \
    X(getSkippedRanges)                                                                            \
    X(disposeSourceRangeList)                                                                      \
    X(toggleCrashRecovery)                                                                         \
    X(getClangVersion)                                                                             \
    /* strings */                                                                                  \
    X(getCString)                                                                                  \
    X(disposeString)                                                                               \
    /* diagnostics */                                                                              \
    X(getNumDiagnostics)                                                                           \
    X(getDiagnostic)                                                                               \
    X(disposeDiagnostic)                                                                           \
    X(getDiagnosticSeverity)                                                                       \
    X(getDiagnosticSpelling)                                                                       \
    X(getDiagnosticLocation)                                                                       \
    /* locations, ranges, tokens */                                                                \
    X(getNullLocation)                                                                             \
    X(equalLocations)                                                                              \
    X(getLocation)                                                                                 \
    X(getLocationForOffset)                                                                        \
    X(Location_isInSystemHeader)                                                                   \
    X(Location_isFromMainFile)                                                                     \
    X(getNullRange)                                                                                \
    X(getRange)                                                                                    \
    X(equalRanges)                                                                                 \
    X(Range_isNull)                                                                                \
    X(getRangeStart)                                                                               \
    X(getRangeEnd)                                                                                 \
    X(getExpansionLocation)                                                                        \
    X(getSpellingLocation)                                                                         \
    X(getFileLocation)                                                                             \
    X(getPresumedLocation)                                                                         \
    X(tokenize)                                                                                    \
    X(getToken)                                                                                    \
    X(getTokenKind)                                                                                \
    X(getTokenSpelling)                                                                            \
    X(getTokenLocation)                                                                            \
    X(getTokenExtent)                                                                              \
    X(annotateTokens)                                                                              \
    X(disposeTokens)                                                                               \
    /* cursors */                                                                                  \
    X(getNullCursor)                                                                               \
    X(equalCursors)                                                                                \
    X(hashCursor)                                                                                  \
    X(Cursor_isNull)                                                                               \
    X(getCursor)                                                                                   \
    X(getCursorKind)                                                                               \
    X(getCursorKindSpelling)                                                                       \
    X(isDeclaration)                                                                               \
    X(isInvalidDeclaration)                                                                        \
    X(isReference)                                                                                 \
    X(isExpression)                                                                                \
    X(isStatement)                                                                                 \
    X(isAttribute)                                                                                 \
    X(isInvalid)                                                                                   \
    X(isUnexposed)                                                                                 \
    X(Cursor_hasAttrs)                                                                             \
    X(Cursor_getTranslationUnit)                                                                   \
    X(getCursorLocation)                                                                           \
    X(getCursorExtent)                                                                             \
    X(getCursorSpelling)                                                                           \
    X(getCursorDisplayName)                                                                        \
    X(Cursor_getSpellingNameRange)                                                                 \
    X(getCursorReferenceNameRange)                                                                 \
    X(getCursorUSR)                                                                                \
    X(Cursor_getMangling)                                                                          \
    X(visitChildren)                                                                               \
    X(getCursorReferenced)                                                                         \
    X(getCursorDefinition)                                                                         \
    X(isCursorDefinition)                                                                          \
    X(getCanonicalCursor)                                                                          \
    X(getCursorSemanticParent)                                                                     \
    X(getCursorLexicalParent)                                                                      \
    X(getOverriddenCursors)                                                                        \
    X(disposeOverriddenCursors)                                                                    \
    X(getNumOverloadedDecls)                                                                       \
    X(getOverloadedDecl)                                                                           \
    X(getSpecializedCursorTemplate)                                                                \
    X(getTemplateCursorKind)                                                                       \
    X(getCursorLinkage)                                                                            \
    X(getCursorVisibility)                                                                         \
    X(getCursorAvailability)                                                                       \
    X(getCursorLanguage)                                                                           \
    X(getCursorTLSKind)                                                                            \
    X(Cursor_getStorageClass)                                                                      \
    X(Cursor_hasVarDeclGlobalStorage)                                                              \
    X(Cursor_hasVarDeclExternalStorage)                                                            \
    X(Cursor_getVarDeclInitializer)                                                                \
    X(getCursorExceptionSpecificationType)                                                         \
    X(getCXXAccessSpecifier)                                                                       \
    X(isVirtualBase)                                                                               \
    X(Cursor_isVariadic)                                                                           \
    X(Cursor_isFunctionInlined)                                                                    \
    X(Cursor_isMacroFunctionLike)                                                                  \
    X(Cursor_isMacroBuiltin)                                                                       \
    X(Cursor_isAnonymous)                                                                          \
    X(Cursor_isAnonymousRecordDecl)                                                                \
    X(Cursor_isInlineNamespace)                                                                    \
    X(Cursor_isBitField)                                                                           \
    X(Cursor_isDynamicCall)                                                                        \
    X(Cursor_getReceiverType)                                                                      \
    X(Cursor_getOffsetOfField)                                                                     \
    X(getFieldDeclBitWidth)                                                                        \
    X(CXXField_isMutable)                                                                          \
    X(CXXRecord_isAbstract)                                                                        \
    X(EnumDecl_isScoped)                                                                           \
    X(CXXConstructor_isConvertingConstructor)                                                      \
    X(CXXConstructor_isCopyConstructor)                                                            \
    X(CXXConstructor_isDefaultConstructor)                                                         \
    X(CXXConstructor_isMoveConstructor)                                                            \
    X(CXXMethod_isCopyAssignmentOperator)                                                          \
    X(CXXMethod_isMoveAssignmentOperator)                                                          \
    X(CXXMethod_isDefaulted)                                                                       \
    X(CXXMethod_isDeleted)                                                                         \
    X(CXXMethod_isExplicit)                                                                        \
    X(CXXMethod_isPureVirtual)                                                                     \
    X(CXXMethod_isStatic)                                                                          \
    X(CXXMethod_isVirtual)                                                                         \
    X(CXXMethod_isConst)                                                                           \
    X(Cursor_getNumArguments)                                                                      \
    X(Cursor_getArgument)                                                                          \
    X(Cursor_getNumTemplateArguments)                                                              \
    X(Cursor_getTemplateArgumentKind)                                                              \
    X(Cursor_getTemplateArgumentType)                                                              \
    X(Cursor_getTemplateArgumentValue)                                                             \
    X(Cursor_getTemplateArgumentUnsignedValue)                                                     \
    X(getCursorBinaryOperatorKind)                                                                 \
    X(getCursorUnaryOperatorKind)                                                                  \
    X(getEnumConstantDeclValue)                                                                    \
    X(getEnumConstantDeclUnsignedValue)                                                            \
    X(getEnumDeclIntegerType)                                                                      \
    X(getTypedefDeclUnderlyingType)                                                                \
    X(Cursor_Evaluate)                                                                             \
    X(EvalResult_getKind)                                                                          \
    X(EvalResult_getAsLongLong)                                                                    \
    X(EvalResult_isUnsignedInt)                                                                    \
    X(EvalResult_getAsUnsigned)                                                                    \
    X(EvalResult_getAsDouble)                                                                      \
    X(EvalResult_getAsStr)                                                                         \
    X(EvalResult_dispose)                                                                          \
    /* types */                                                                                    \
    X(getCursorType)                                                                               \
    X(getCursorResultType)                                                                         \
    X(getTypeSpelling)                                                                             \
    X(getTypeKindSpelling)                                                                         \
    X(equalTypes)                                                                                  \
    X(getCanonicalType)                                                                            \
    X(getUnqualifiedType)                                                                          \
    X(getNonReferenceType)                                                                         \
    X(isConstQualifiedType)                                                                        \
    X(isVolatileQualifiedType)                                                                     \
    X(isRestrictQualifiedType)                                                                     \
    X(getTypedefName)                                                                              \
    X(getTypeDeclaration)                                                                          \
    X(getPointeeType)                                                                              \
    X(getElementType)                                                                              \
    X(getNumElements)                                                                              \
    X(getArrayElementType)                                                                         \
    X(getArraySize)                                                                                \
    X(getResultType)                                                                               \
    X(getNumArgTypes)                                                                              \
    X(getArgType)                                                                                  \
    X(isFunctionTypeVariadic)                                                                      \
    X(isPODType)                                                                                   \
    X(Type_getSizeOf)                                                                              \
    X(Type_getAlignOf)                                                                             \
    X(Type_getOffsetOf)                                                                            \
    X(Type_getNamedType)                                                                           \
    X(Type_getModifiedType)                                                                        \
    X(Type_getValueType)                                                                           \
    X(Type_getClassType)                                                                           \
    X(Type_getCXXRefQualifier)                                                                     \
    X(Type_getNumTemplateArguments)                                                                \
    X(Type_getTemplateArgumentAsType)                                                              \
    X(Type_visitFields)                                                                            \
    X(getExceptionSpecificationType)

struct clang_api {
#define X(name) __typeof__(&clang_##name) name;
    CLANG_FUNCTIONS(X)
#undef X
    /* Of newer versions: NULL where missing. */
    unsigned (*visitCXXMethods)(CXType type, CXFieldVisitor visitor, CXClientData data); /* 21 */
    unsigned (*visitCXXBaseClasses)(CXType type, CXFieldVisitor visitor,
                                    CXClientData data); /* 20 */

    int version;         /* 17 to 22 */
    const char *file;    /* "libclang-19.so.19", as loaded */
    const char *path;    /* the same, absolute, symbolic links resolved */
    const char *spelled; /* clang's own words: "Debian clang version 19.1.7 (3+b1)" */
    const char *build;   /* these and the linker's hash of the library; NULL: it has none */
};

/* Loads the newest libclang from 22 to 17, or the one that $CUHOSTLINT_LIBCLANG names (a file),
 * and finds its functions. The library stays loaded until the process ends: unloading it is not
 * safe. Error: none found, too old, or not libclang; names the package to install. */
const struct error *clang_api_load(struct arena *arena, struct clang_api *clang);

#endif
