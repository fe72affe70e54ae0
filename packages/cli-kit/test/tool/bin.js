#!/usr/bin/env node
import { runTool } from '../../dist/src/run.js'

await runTool(import.meta.url)
