#!/usr/bin/env node
import { runTool } from '@segchain/cli-kit/run'

await runTool(import.meta.url)
