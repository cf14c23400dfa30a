// Run by mongosh once the server answers, at each start: makes the replica set of one member, waits until it
// has a primary, and gives Parley's user the password of now.
// More members: rs.add("host:27017") in mongosh, and their names in PARLEY_MONGO_HOST. They need one key file
// for all, which docker-compose.yml makes anew for the single member.

try {
  rs.status();
} catch (failure) {
  if (failure.codeName !== 'NotYetInitialized') throw failure;
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] });
}

const deadline = Date.now() + 60_000;
while (!db.hello().isWritablePrimary) {
  if (Date.now() > deadline) throw new Error('the replica set has no primary after a minute');
  sleep(200);
}

const admin = db.getSiblingDB('admin');
const parley = {
  pwd: process.env.MONGO_PASSWORD,
  roles: [{ role: 'readWrite', db: 'parley' }],
};
if (admin.getUser('parley') === null) {
  admin.createUser({ user: 'parley', ...parley });
} else {
  admin.updateUser('parley', parley);
}
