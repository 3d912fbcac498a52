// Plays the Session Manager plugin: opens the local port, and is the Kubernetes API at its other end.
"use strict";

const { appendFileSync, readFileSync } = require("node:fs");
const net = require("node:net");
const { join } = require("node:path");
const tls = require("node:tls");

const folder = process.env.FAKE_FOLDER;
appendFileSync(join(folder, "processes"), `${process.pid}\n`);
const { plugin, certificate } = JSON.parse(readFileSync(join(folder, "fake.json"), "utf8"));
const words = process.argv.slice(2);
const { localPortNumber } = JSON.parse(words[words.indexOf("--parameters") + 1]);
const id = "admin-0123";

const print = (text) => void process.stdout.write(`${text}\n`);
// A test that fails leaves it behind.
setTimeout(process.exit, 60_000, 1);
print(`\nStarting session with SessionId: ${id}`);
process.on("SIGINT", () => {
  if (plugin === "deaf") return;
  print(`Terminate signal received, exiting.\n\nExiting session with sessionId: ${id}.\n`);
  process.exit(0);
});
const refuse = (socket) => {
  print("\nConnection to destination port failed, check SSM Agent logs.");
  socket.destroy();
};
const server = plugin === "refused" ? net.createServer(refuse) : tls.createServer(certificate);
if (plugin === "fails") {
  print("Cannot perform start session: EOF");
  process.exit(0);
}
if (plugin === "silent") setInterval(() => undefined, 10_000);
else
  server.listen(Number(localPortNumber[0]), "localhost", () => {
    print(`Port ${localPortNumber[0]} opened for sessionId ${id}.\nWaiting for connections...`);
  });
if (plugin === "idle") {
  server.once("connection", () => {
    setTimeout(() => {
      print(`\n\nSessionId: ${id} : Your session timed out due to inactivity\n`);
      process.exit(0);
    }, 50);
  });
}
