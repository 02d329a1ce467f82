// The peer of the bench `pouch`: `node pouch.js server DIR` serves express-pouchdb on a free port that it
// prints; `node pouch.js push EXPORT DIR URL` puts the records of an export into a PouchDB in DIR, then
// replicates it to URL and prints the documents and the seconds of that. Both run in the folder of node_modules.
const fs = require('fs')
const PouchDB = require('pouchdb')
const [what, ...words] = process.argv.slice(2)

function serve (dir) {
  const app = require('express')()
  app.use('/', require('express-pouchdb')(PouchDB.defaults({ prefix: dir + '/' }), {
    mode: 'fullCouchDB',
    logPath: dir + '/log.txt',
    configPath: dir + '/config.json',
    overrideMode: { exclude: ['routes/fauxton'] },
  }))
  const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
}

async function push (path, dir, url) {
  const lines = fs.readFileSync(path, 'utf8').trim().split('\n').map(line => JSON.parse(line))
  const docs = lines.filter(line => line.record).map(line => ({ _id: String(line.seq).padStart(9, '0'), ...JSON.parse(line.record) }))
  const db = new PouchDB(dir)
  for (let i = 0; i < docs.length; i += 1000) await db.bulkDocs(docs.slice(i, i + 1000))
  const start = process.hrtime.bigint()
  const result = await db.replicate.to(url, { batch_size: 500 })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (result.docs_written !== docs.length) throw new Error('wrote ' + result.docs_written)
  console.log(docs.length, seconds)
  process.exit(0)
}

if (what === 'server') serve(words[0])
else push(...words)
