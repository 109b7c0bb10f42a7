const { readFileSync } = require('node:fs');
const { receiveAll } = require('./driver.cjs');

console.log(JSON.stringify(receiveAll(JSON.parse(readFileSync('bodies.json', 'utf8')))));
