#!/usr/bin/env python3
"""editor.py PROGRAM FILE EDITS: the milliseconds from an edit to its diagnostics, one a line.

Opens FILE in `PROGRAM lsp` and types, one character a time, into a comment behind its last line.
"""
import json
import subprocess
import sys
import time

program, path, edits = sys.argv[1], sys.argv[2], int(sys.argv[3])
uri = "file://" + path
text = open(path, encoding="utf-8").read() + "// "
server = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def send(method, params, **more):
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive():
    length = 0
    while (line := server.stdout.readline().strip()):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    if not length:
        sys.exit("the server is gone")
    return json.loads(server.stdout.read(length))


def wait_for(version):
    while True:
        message = receive()
        params = message.get("params") or {}
        if message.get("method") == "textDocument/publishDiagnostics" and \
                params.get("uri") == uri and params.get("version") == version:
            return params["diagnostics"]


send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, id=1)
receive()
send("initialized", {})
send("textDocument/didOpen", {"textDocument": {
    "uri": uri, "languageId": "cuda", "version": 1, "text": text}})
found = len(wait_for(1))
for edit in range(edits + 3):
    time.sleep(0.3)  # a person, not a machine gun: the server may get ready for the next edit
    text += "x"
    version = edit + 2
    start = time.monotonic()
    send("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                    "contentChanges": [{"text": text}]})
    if len(wait_for(version)) != found:
        sys.exit("a comment changed the findings")
    if edit >= 3:  # the first ones warm up
        print(round((time.monotonic() - start) * 1e3, 1))
send("shutdown", None, id=2)
send("exit", None)
server.wait()
