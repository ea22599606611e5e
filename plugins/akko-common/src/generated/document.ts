/**
 * This file was generated from openapi.yaml by `yarn generate`.
 * Do not make direct changes to the file.
 */
import type { OpenApiDocument } from '../openapi/OpenApiDocument';

/**
 * The OpenAPI 3.1 document of the AKKO API, as a portal serves it at `/api/akko/openapi.json`, but for the portal's address in `servers`.
 * @public
 */
export const akkoOpenApiDocument: OpenApiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "AKKO",
    "version": "1",
    "summary": "Bootstrap, backups and their history of AKKO instances on a fleet of Kubernetes clusters.",
    "description": "Times are RFC 3339 in UTC, sizes bytes, durations seconds. An instance is addressed by cluster, namespace and Helm release. Lists come in pages: `nextCursor` of one is the `cursor` of the next. Every state has an `ETag`; sent back as `If-None-Match` it is answered 304 as long as nothing changed. An error has a stable `error.code`, and says what happened, why, and what next. What the caller may not see is left out of lists.",
    "license": {
      "name": "Apache-2.0",
      "url": "https://www.apache.org/licenses/LICENSE-2.0.html"
    }
  },
  "servers": [
    {
      "url": "/api/akko",
      "description": "The plugin on the backend of the portal. The document that a portal serves has its full address."
    }
  ],
  "security": [
    {
      "Backstage": []
    }
  ],
  "tags": [
    {
      "name": "clusters",
      "description": "The Kubernetes APIs that the portal watches."
    },
    {
      "name": "instances",
      "description": "AKKO releases and the state of their bootstrap."
    },
    {
      "name": "runs",
      "description": "What ran: attempts, report, log and manifest, kept after Kubernetes has thrown it away."
    },
    {
      "name": "backups",
      "description": "The ledger of backups: what ran, what is still there, and how far it is proven."
    },
    {
      "name": "findings",
      "description": "What is wrong, why, and what to do."
    },
    {
      "name": "operations",
      "description": "What somebody asked for: durable, audited, idempotent."
    },
    {
      "name": "document",
      "description": "This document."
    }
  ],
  "paths": {
    "/clusters": {
      "get": {
        "operationId": "ListClusters",
        "tags": [
          "clusters"
        ],
        "summary": "Every configured cluster and its contact",
        "description": "Needs `akko.instance.read`. A cluster out of contact stays in the list, with the reason; its instances are shown as of the last contact.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "All clusters that the caller may see.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterList"
                },
                "examples": {
                  "two": {
                    "$ref": "#/components/examples/Clusters"
                  }
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances": {
      "get": {
        "operationId": "ListInstances",
        "tags": [
          "instances"
        ],
        "summary": "Instances of the fleet, those that need attention first",
        "description": "Needs `akko.instance.read`. `totals` count by health what the caller may see and what matches the filters other than `health`.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "$ref": "#/components/parameters/OfCluster"
          },
          {
            "name": "namespace",
            "in": "query",
            "description": "Only instances of this namespace.",
            "schema": {
              "$ref": "#/components/schemas/NotBlank"
            }
          },
          {
            "name": "health",
            "in": "query",
            "description": "Only instances of this health.",
            "schema": {
              "$ref": "#/components/schemas/InstanceHealth"
            }
          },
          {
            "name": "freshness",
            "in": "query",
            "description": "Only instances whose worst backup is so.",
            "schema": {
              "$ref": "#/components/schemas/BackupFreshness"
            }
          },
          {
            "name": "q",
            "in": "query",
            "description": "Text that ref, title, title of the cluster or entity ref contains, case-insensitive.",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "name": "order",
            "in": "query",
            "description": "`attention`: worst health first. `protection`: least protected by backups first.",
            "schema": {
              "type": "string",
              "enum": [
                "attention",
                "protection"
              ],
              "default": "attention"
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of instances, with totals by health over everything that matches the other filters.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceList"
                },
                "examples": {
                  "failed": {
                    "$ref": "#/components/examples/Instances"
                  }
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownCluster"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        }
      ],
      "get": {
        "operationId": "GetInstance",
        "tags": [
          "instances"
        ],
        "summary": "One instance with its jobs and backups",
        "description": "Needs `akko.instance.read` on the instance. `activeOperations` are those that have not ended; `permissions` says what else the caller may do with it.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "The instance.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownInstance"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/jobs/{job}/runs": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        },
        {
          "name": "job",
          "in": "path",
          "required": true,
          "description": "Name of the init job, the backup or the drill.",
          "schema": {
            "$ref": "#/components/schemas/NotBlank"
          },
          "example": "minio-init"
        }
      ],
      "get": {
        "operationId": "ListRuns",
        "tags": [
          "runs"
        ],
        "summary": "Runs of one job, newest first",
        "description": "Needs `akko.instance.read` on the instance. Runs stay in the list after Kubernetes has removed their Jobs, as long as the history is kept.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of runs.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunList"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownJob"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/operations": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        }
      ],
      "get": {
        "operationId": "ListOperations",
        "tags": [
          "operations"
        ],
        "summary": "What was asked for on this instance, newest first",
        "description": "Needs `akko.instance.read` on the instance. Says by whom, through which door, and how it ended.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of operations.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/OperationList"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownInstance"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "RequestOperation",
        "tags": [
          "operations"
        ],
        "summary": "Ask for a bootstrap, a re-run, a backup, a drill, or that a backup's schedule is suspended or resumed",
        "description": "Needs on the instance `akko.job.run` for `bootstrap` and `rerun`, `akko.backup.run` for `backup`, `akko.drill.run` for `drill`, and `akko.backup.change` for `suspend` and `resume`; also for a dry run.\n\nThe answer comes when the operation is stored, before anything runs: follow it at `Location`, with `wait`. An instance has one bootstrap or re-run at a time, and beside it one backup, one drill, and one change of the schedule per backup; a second one is answered 409 with the id of the first. With `dryRun` nothing is done, and the answer is the plan.",
        "parameters": [
          {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Chosen by the caller. A repeated key gets the first answer again, so that a request may be repeated after a time-out; with another body it is refused (422). A key belongs to its caller.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200,
              "pattern": "\\S"
            },
            "example": "deploy-4711"
          }
        ],
        "requestBody": {
          "required": true,
          "description": "At most 100 kB.",
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/OperationRequest"
              },
              "examples": {
                "bootstrap": {
                  "summary": "All enabled init jobs, in waves by dependency",
                  "value": {
                    "action": "bootstrap",
                    "reason": "first deployment"
                  }
                },
                "rerunFailed": {
                  "summary": "The init jobs that failed",
                  "value": {
                    "action": "rerun",
                    "jobs": "failed",
                    "reason": "rotated the password"
                  }
                },
                "rerunAll": {
                  "summary": "All enabled init jobs by re-run",
                  "value": {
                    "action": "rerun",
                    "jobs": "all"
                  }
                },
                "rerunSome": {
                  "summary": "Some init jobs",
                  "value": {
                    "action": "rerun",
                    "jobs": [
                      "minio-init",
                      "polaris-init"
                    ]
                  }
                },
                "backup": {
                  "summary": "A backup now",
                  "value": {
                    "action": "backup",
                    "backup": "backup-postgres",
                    "reason": "before the upgrade"
                  }
                },
                "drill": {
                  "summary": "A restore drill of the newest backup",
                  "value": {
                    "action": "drill",
                    "backup": "backup-postgres"
                  }
                },
                "suspend": {
                  "summary": "Pause the schedule of a backup",
                  "value": {
                    "action": "suspend",
                    "backup": "backup-minio",
                    "reason": "the object storage is being moved"
                  }
                },
                "resume": {
                  "summary": "Let the schedule go on",
                  "value": {
                    "action": "resume",
                    "backup": "backup-minio"
                  }
                },
                "plan": {
                  "summary": "What a bootstrap would do",
                  "value": {
                    "action": "bootstrap",
                    "dryRun": true
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "With `dryRun`: the plan, nothing was done.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/OperationPlan"
                },
                "examples": {
                  "suspend": {
                    "summary": "What a pause of a schedule would do",
                    "value": {
                      "instance": "prod-eu/akko/akko",
                      "action": "suspend",
                      "steps": [
                        {
                          "job": "backup-minio",
                          "wave": 0,
                          "jobName": "akko-backup-minio",
                          "replaces": false,
                          "source": "cronjob",
                          "manifest": "spec:\n  suspend: true\n"
                        }
                      ],
                      "warnings": [
                        "From now on nothing runs on schedule until it is resumed; the next run would have been at 2026-11-30 04:00 UTC."
                      ],
                      "notes": [
                        "A helm upgrade leaves the pause as it is, unless the values set suspend."
                      ]
                    }
                  }
                }
              }
            }
          },
          "202": {
            "description": "Accepted and stored; it leads to runs.",
            "headers": {
              "Location": {
                "description": "Path of the operation on this backend.",
                "required": true,
                "schema": {
                  "type": "string",
                  "format": "uri-reference"
                },
                "example": "/api/akko/operations/6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Operation"
                },
                "examples": {
                  "queued": {
                    "$ref": "#/components/examples/QueuedOperation"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "description": "There is no such cluster, instance, init job or backup.",
            "content": {
              "application/json": {
                "schema": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/ErrorResponse"
                    },
                    {
                      "properties": {
                        "error": {
                          "required": [
                            "code"
                          ],
                          "properties": {
                            "code": {
                              "enum": [
                                "unknown-cluster",
                                "unknown-instance",
                                "unknown-job",
                                "unknown-backup"
                              ]
                            }
                          }
                        }
                      }
                    }
                  ]
                },
                "examples": {
                  "job": {
                    "value": {
                      "error": {
                        "name": "AkkoError",
                        "code": "unknown-job",
                        "message": "There is no init job 'mino-init'. This instance has: minio-init, polaris-init."
                      }
                    }
                  }
                }
              }
            }
          },
          "409": {
            "description": "`already-running`: an operation or a run is in the way; `error.operation` is its id where the portal began it. `job-not-ours`: the Job belongs to another controller (`spec.managedBy`).",
            "content": {
              "application/json": {
                "schema": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/ErrorResponse"
                    },
                    {
                      "properties": {
                        "error": {
                          "required": [
                            "code"
                          ],
                          "properties": {
                            "code": {
                              "enum": [
                                "already-running",
                                "job-not-ours"
                              ]
                            }
                          }
                        }
                      }
                    }
                  ]
                },
                "examples": {
                  "running": {
                    "value": {
                      "error": {
                        "name": "AkkoError",
                        "code": "already-running",
                        "message": "A bootstrap of prod-eu/akko/akko is active: operation 6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11, asked for by user:default/jo. Wait for its end.",
                        "operation": "6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11"
                      }
                    }
                  }
                }
              }
            }
          },
          "422": {
            "description": "`nothing-to-do`: such as no job that failed, or a schedule that is paused already. `not-runnable`: off in the chart, or nothing to make the Job from. `idempotency-mismatch`: the key was used with another body. The reason is in the message.",
            "content": {
              "application/json": {
                "schema": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/ErrorResponse"
                    },
                    {
                      "properties": {
                        "error": {
                          "required": [
                            "code"
                          ],
                          "properties": {
                            "code": {
                              "enum": [
                                "nothing-to-do",
                                "not-runnable",
                                "idempotency-mismatch"
                              ]
                            }
                          }
                        }
                      }
                    }
                  ]
                },
                "examples": {
                  "nothing": {
                    "value": {
                      "error": {
                        "name": "AkkoError",
                        "code": "nothing-to-do",
                        "message": "There is nothing to run: no job failed."
                      }
                    }
                  }
                }
              }
            }
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "503": {
            "$ref": "#/components/responses/ClusterTrouble"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/upgrades": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        }
      ],
      "get": {
        "operationId": "ListUpgrades",
        "tags": [
          "runs"
        ],
        "summary": "Installs and upgrades by Helm as the init jobs that they ran, newest first",
        "description": "Needs `akko.instance.read` on the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of upgrades.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/UpgradeList"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownInstance"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/backups": {
      "get": {
        "operationId": "ListFleetBackups",
        "tags": [
          "backups"
        ],
        "summary": "Backups over the fleet, least protected first",
        "description": "Needs `akko.instance.read`. Backups that the chart does not have are left out.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "$ref": "#/components/parameters/OfCluster"
          },
          {
            "name": "freshness",
            "in": "query",
            "description": "Only backups that are so.",
            "schema": {
              "$ref": "#/components/schemas/BackupFreshness"
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of backups, with totals by freshness over everything that matches the other filters.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/FleetBackupList"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownCluster"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/backups/{backup}/entries": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        },
        {
          "$ref": "#/components/parameters/Backup"
        }
      ],
      "get": {
        "operationId": "ListBackupEntries",
        "tags": [
          "backups"
        ],
        "summary": "The ledger of one backup, newest first",
        "description": "Needs `akko.instance.read` on the instance. With `format` all entries that match come as a file, and `limit` and `cursor` mean nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "state",
            "in": "query",
            "description": "Only runs in this state.",
            "schema": {
              "$ref": "#/components/schemas/RunState"
            }
          },
          {
            "name": "origin",
            "in": "query",
            "description": "Only runs that were begun so.",
            "schema": {
              "$ref": "#/components/schemas/BackupOrigin"
            }
          },
          {
            "name": "level",
            "in": "query",
            "description": "Proven at least to this level.",
            "schema": {
              "$ref": "#/components/schemas/VerificationLevel"
            }
          },
          {
            "name": "kept",
            "in": "query",
            "description": "`true`: only those that are still there; `false`: only those that are not.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "format",
            "in": "query",
            "description": "`csv` or `json`: everything that matches, as a file; without it a page.",
            "schema": {
              "type": "string",
              "enum": [
                "csv",
                "json"
              ]
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page with its `ETag`, or with `format` the whole ledger.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BackupEntryList"
                }
              },
              "text/csv": {
                "schema": {
                  "type": "string",
                  "description": "A head with the names of the columns, then one line per entry, by RFC 4180."
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownBackup"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/backups/{backup}/calendar": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        },
        {
          "$ref": "#/components/parameters/Backup"
        }
      ],
      "get": {
        "operationId": "GetBackupCalendar",
        "tags": [
          "backups"
        ],
        "summary": "One cell a day",
        "description": "Needs `akko.instance.read` on the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "from",
            "in": "query",
            "description": "First day, at most 400 days before `to`; six months before it if left out.",
            "schema": {
              "type": "string",
              "format": "date"
            },
            "example": "2026-06-01"
          },
          {
            "name": "to",
            "in": "query",
            "description": "Last day; today if left out.",
            "schema": {
              "type": "string",
              "format": "date"
            },
            "example": "2026-11-29"
          },
          {
            "name": "timeZone",
            "in": "query",
            "description": "Where days begin and end, by its IANA name; the zone of the schedule if left out.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64
            },
            "example": "Europe/Paris"
          }
        ],
        "responses": {
          "200": {
            "description": "The days, oldest first.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BackupCalendar"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownBackup"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/instances/{cluster}/{namespace}/{release}/backups/{backup}/chart": {
      "parameters": [
        {
          "$ref": "#/components/parameters/Cluster"
        },
        {
          "$ref": "#/components/parameters/Namespace"
        },
        {
          "$ref": "#/components/parameters/Release"
        },
        {
          "$ref": "#/components/parameters/Backup"
        }
      ],
      "get": {
        "operationId": "GetBackupChart",
        "tags": [
          "backups"
        ],
        "summary": "Size and duration over time, with failures and drills",
        "description": "Needs `akko.instance.read` on the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "from",
            "in": "query",
            "description": "Before `to`; 90 days before it if left out.",
            "schema": {
              "type": "string",
              "format": "date-time"
            },
            "example": "2026-09-01T00:00:00Z"
          },
          {
            "name": "to",
            "in": "query",
            "description": "Now if left out.",
            "schema": {
              "type": "string",
              "format": "date-time"
            },
            "example": "2026-11-29T02:00:00Z"
          }
        ],
        "responses": {
          "200": {
            "description": "The points.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BackupChart"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownBackup"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/findings": {
      "get": {
        "operationId": "ListFindings",
        "tags": [
          "findings"
        ],
        "summary": "Open findings over the fleet, worst first",
        "description": "Needs `akko.instance.read`.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "severity",
            "in": "query",
            "description": "Only findings of this severity.",
            "schema": {
              "$ref": "#/components/schemas/FindingSeverity"
            }
          },
          {
            "name": "rule",
            "in": "query",
            "description": "Only findings of this rule, by its id.",
            "schema": {
              "$ref": "#/components/schemas/NotBlank"
            },
            "example": "password-mismatch"
          },
          {
            "$ref": "#/components/parameters/OfCluster"
          },
          {
            "name": "group",
            "in": "query",
            "description": "With `cause` also the groups of what has the same cause.",
            "schema": {
              "type": "string",
              "enum": [
                "cause"
              ]
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of findings.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/FindingList"
                },
                "examples": {
                  "one": {
                    "$ref": "#/components/examples/Findings"
                  }
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownCluster"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/operations/{id}": {
      "parameters": [
        {
          "name": "id",
          "in": "path",
          "required": true,
          "description": "Operation id.",
          "schema": {
            "$ref": "#/components/schemas/NotBlank"
          },
          "example": "6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11"
        }
      ],
      "get": {
        "operationId": "GetOperation",
        "tags": [
          "operations"
        ],
        "summary": "One operation; with `wait` it answers when the operation ends or the time is over",
        "description": "Needs `akko.instance.read` on the instance. An operation has ended when it has `finishedAt`; its `state` says how. To follow one without asking all the time, ask with `wait` again and again.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "wait",
            "in": "query",
            "description": "Seconds to wait for the end.",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 60,
              "default": 0
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The operation.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Operation"
                },
                "examples": {
                  "queued": {
                    "$ref": "#/components/examples/QueuedOperation"
                  }
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "description": "There is no such operation.",
            "content": {
              "application/json": {
                "schema": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/ErrorResponse"
                    },
                    {
                      "properties": {
                        "error": {
                          "required": [
                            "code"
                          ],
                          "properties": {
                            "code": {
                              "const": "unknown-operation"
                            }
                          }
                        }
                      }
                    }
                  ]
                },
                "examples": {
                  "operation": {
                    "value": {
                      "error": {
                        "name": "AkkoError",
                        "code": "unknown-operation",
                        "message": "There is no operation '6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11'."
                      }
                    }
                  }
                }
              }
            }
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/runs/{id}": {
      "parameters": [
        {
          "$ref": "#/components/parameters/RunId"
        }
      ],
      "get": {
        "operationId": "GetRun",
        "tags": [
          "runs"
        ],
        "summary": "One run with attempts, report and events",
        "description": "Needs `akko.instance.read` on the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "The run.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunDetail"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownRun"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/runs/{id}/log": {
      "parameters": [
        {
          "$ref": "#/components/parameters/RunId"
        }
      ],
      "get": {
        "operationId": "GetRunLog",
        "tags": [
          "runs"
        ],
        "summary": "Log of one attempt, from the pod while it is there, from the archive after",
        "description": "Needs `akko.log.read` on the instance. Secrets are masked. Of a long log, the beginning and the end are kept.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          },
          {
            "name": "attempt",
            "in": "query",
            "description": "Number of the attempt, one that the run has; without it, the last.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 999999999999999
            }
          },
          {
            "name": "tail",
            "in": "query",
            "description": "Only the last lines.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100000
            }
          },
          {
            "name": "follow",
            "in": "query",
            "description": "Stream until the container ends.",
            "allowEmptyValue": true,
            "schema": {
              "type": "boolean",
              "default": false
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The log; with its `ETag` where it does not stream.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              },
              "X-Akko-Log-Source": {
                "description": "Where it is from.",
                "required": true,
                "schema": {
                  "type": "string",
                  "enum": [
                    "pod",
                    "archive"
                  ]
                }
              }
            },
            "content": {
              "text/plain": {
                "schema": {
                  "type": "string"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "description": "There is no such run, or its cluster is no longer in the configuration.",
            "content": {
              "application/json": {
                "schema": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/ErrorResponse"
                    },
                    {
                      "properties": {
                        "error": {
                          "required": [
                            "code"
                          ],
                          "properties": {
                            "code": {
                              "enum": [
                                "unknown-run",
                                "unknown-cluster"
                              ]
                            }
                          }
                        }
                      }
                    }
                  ]
                },
                "examples": {
                  "run": {
                    "value": {
                      "error": {
                        "name": "AkkoError",
                        "code": "unknown-run",
                        "message": "There is no run '0b0f7d0e-5f43-5c8f-8e8d-7d5d0c4e8a55' in the history. It may be older than the history is kept."
                      }
                    }
                  }
                }
              }
            }
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "503": {
            "$ref": "#/components/responses/ClusterTrouble"
          }
        }
      }
    },
    "/runs/{id}/manifest": {
      "parameters": [
        {
          "$ref": "#/components/parameters/RunId"
        }
      ],
      "get": {
        "operationId": "GetRunManifest",
        "tags": [
          "runs"
        ],
        "summary": "The Job as archived, secrets masked",
        "description": "Needs `akko.log.read` on the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "A batch/v1 Job.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/yaml": {
                "schema": {
                  "type": "string"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "404": {
            "$ref": "#/components/responses/UnknownRun"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/openapi.json": {
      "get": {
        "operationId": "GetOpenApiDocument",
        "tags": [
          "document"
        ],
        "summary": "This document",
        "description": "With the address of this portal in `servers`. Needs no permission, but credentials.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfNoneMatch"
          }
        ],
        "responses": {
          "200": {
            "description": "An OpenAPI 3.1 document.",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/OpenApiDocument"
                }
              }
            }
          },
          "304": {
            "$ref": "#/components/responses/NotModified"
          },
          "400": {
            "$ref": "#/components/responses/InvalidRequest"
          },
          "401": {
            "$ref": "#/components/responses/NotAuthenticated"
          },
          "403": {
            "$ref": "#/components/responses/NotAllowed"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "Backstage": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of Backstage: of a signed-in user, of another plugin of the backend, or of a program by external access (`backend.auth.externalAccess`)."
      }
    },
    "headers": {
      "ETag": {
        "description": "Changes when the answer changes.",
        "schema": {
          "type": "string"
        },
        "example": "W/\"2c1-VxG4dE0\""
      },
      "RetryAfter": {
        "description": "Seconds after which to try again.",
        "required": true,
        "schema": {
          "type": "integer",
          "minimum": 1
        },
        "example": 7
      }
    },
    "parameters": {
      "Cluster": {
        "name": "cluster",
        "in": "path",
        "required": true,
        "description": "Name of the cluster in the configuration.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "prod-eu"
      },
      "Namespace": {
        "name": "namespace",
        "in": "path",
        "required": true,
        "description": "Kubernetes namespace.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "akko"
      },
      "Release": {
        "name": "release",
        "in": "path",
        "required": true,
        "description": "Helm release.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "akko"
      },
      "Backup": {
        "name": "backup",
        "in": "path",
        "required": true,
        "description": "Name of the backup.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "backup-postgres"
      },
      "RunId": {
        "name": "id",
        "in": "path",
        "required": true,
        "description": "Run id.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "0b0f7d0e-5f43-5c8f-8e8d-7d5d0c4e8a55"
      },
      "OfCluster": {
        "name": "cluster",
        "in": "query",
        "description": "Only of this cluster.",
        "schema": {
          "$ref": "#/components/schemas/NotBlank"
        },
        "example": "prod-eu"
      },
      "Limit": {
        "name": "limit",
        "in": "query",
        "description": "Size of the page.",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 200,
          "default": 50
        }
      },
      "Cursor": {
        "name": "cursor",
        "in": "query",
        "description": "`nextCursor` of the page before; opaque, and good for the same list with the same filters only.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 500
        }
      },
      "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "ETag of an earlier answer.",
        "schema": {
          "type": "string"
        },
        "example": "W/\"2c1-VxG4dE0\""
      }
    },
    "responses": {
      "NotModified": {
        "description": "Nothing changed since the given ETag."
      },
      "InvalidRequest": {
        "description": "Body, parameter, cursor or path; `error.details` names each field.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "invalid-request"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "field": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "invalid-request",
                    "message": "Not valid in the query: limit: must be a whole number",
                    "details": [
                      {
                        "field": "limit",
                        "message": "must be a whole number"
                      }
                    ]
                  }
                }
              }
            }
          }
        }
      },
      "NotAuthenticated": {
        "description": "No credentials, or such as are not valid (any more).",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "not-authenticated"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "missing": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "not-authenticated",
                    "message": "Missing credentials"
                  }
                }
              }
            }
          }
        }
      },
      "NotAllowed": {
        "description": "The caller has not the permission, which `error.permission` names; or its token is for other plugins only.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "not-allowed"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "rerun": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "not-allowed",
                    "message": "This needs the permission akko.job.run, which you do not have. Ask those who run this portal for it.",
                    "permission": "akko.job.run"
                  }
                }
              }
            }
          }
        }
      },
      "UnknownCluster": {
        "description": "There is no such cluster in the configuration.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "unknown-cluster"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "mars": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "unknown-cluster",
                    "message": "There is no cluster 'mars' in the configuration (akko.clusters). There: prod-eu, prod-us."
                  }
                }
              }
            }
          }
        }
      },
      "UnknownInstance": {
        "description": "There is no such cluster or instance.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "enum": [
                            "unknown-cluster",
                            "unknown-instance"
                          ]
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "other": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "unknown-instance",
                    "message": "There is no AKKO instance 'prod-eu/akko/other'. GET /instances lists those that are known."
                  }
                }
              }
            }
          }
        }
      },
      "UnknownJob": {
        "description": "There is no such cluster, instance or job.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "enum": [
                            "unknown-cluster",
                            "unknown-instance",
                            "unknown-job"
                          ]
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "job": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "unknown-job",
                    "message": "There is no job 'mino-init' of this instance. It has: minio-init, polaris-init."
                  }
                }
              }
            }
          }
        }
      },
      "UnknownBackup": {
        "description": "There is no such cluster, instance or backup.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "enum": [
                            "unknown-cluster",
                            "unknown-instance",
                            "unknown-backup"
                          ]
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "backup": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "unknown-backup",
                    "message": "There is no backup 'backup-mysql' of this instance. It has: backup-postgres, backup-minio."
                  }
                }
              }
            }
          }
        }
      },
      "UnknownRun": {
        "description": "There is no such run in the history; it may be older than the history is kept.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "unknown-run"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "run": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "unknown-run",
                    "message": "There is no run '0b0f7d0e-5f43-5c8f-8e8d-7d5d0c4e8a55' in the history. It may be older than the history is kept."
                  }
                }
              }
            }
          }
        }
      },
      "TooManyRequests": {
        "description": "The caller asks more often than `akko.rateLimits` allows. Nothing was done.",
        "headers": {
          "Retry-After": {
            "$ref": "#/components/headers/RetryAfter"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "const": "too-many-requests"
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "often": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "too-many-requests",
                    "message": "pipeline has asked more than 120 times within a minute (akko.rateLimits.changes). Ask again in 7 s."
                  }
                }
              }
            }
          }
        }
      },
      "ClusterTrouble": {
        "description": "The cluster does not answer (`cluster-unreachable`), or refuses what the portal asks of it (`cluster-refused`). The message names the cluster and since when. Nothing was changed; try again later.",
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorResponse"
                },
                {
                  "properties": {
                    "error": {
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "enum": [
                            "cluster-unreachable",
                            "cluster-refused"
                          ]
                        }
                      }
                    }
                  }
                }
              ]
            },
            "examples": {
              "away": {
                "value": {
                  "error": {
                    "name": "AkkoError",
                    "code": "cluster-unreachable",
                    "message": "Cluster 'prod-eu' is not in contact since 2026-11-29T06:12:00Z: connect ECONNREFUSED 10.0.0.10:6443. Nothing was changed; try again when it answers."
                  }
                }
              }
            }
          }
        }
      }
    },
    "examples": {
      "Clusters": {
        "summary": "One in contact, one not",
        "value": {
          "items": [
            {
              "name": "prod-eu",
              "title": "Production Europe",
              "sandbox": false,
              "reachable": true,
              "stale": false,
              "lastContactAt": "2026-11-29T08:00:00Z",
              "version": "v1.35.4"
            },
            {
              "name": "recovery",
              "title": "Recovery site",
              "sandbox": false,
              "reachable": false,
              "stale": true,
              "staleSince": "2026-11-29T06:12:00Z",
              "error": {
                "code": "cluster-unreachable",
                "message": "connect ECONNREFUSED 10.0.0.10:6443"
              }
            }
          ]
        }
      },
      "Instances": {
        "summary": "One that failed",
        "value": {
          "items": [
            {
              "ref": "prod-eu/akko/akko",
              "cluster": "prod-eu",
              "clusterTitle": "Production Europe",
              "namespace": "akko",
              "release": "akko",
              "title": "akko",
              "permissions": [
                "akko.instance.read",
                "akko.log.read",
                "akko.job.run"
              ],
              "chartVersion": "akko-init-1.0.0",
              "revision": 14,
              "sandbox": false,
              "stale": false,
              "health": "failed",
              "headline": "1 of 2 jobs done, 1 failed",
              "segments": [
                {
                  "name": "minio-init",
                  "state": "succeeded"
                },
                {
                  "name": "keycloak-clients",
                  "state": "failed"
                }
              ],
              "jobs": {
                "total": 2,
                "succeeded": 1,
                "failed": 1,
                "running": 0,
                "pending": 0,
                "expired": 0,
                "missing": 0,
                "disabled": 0,
                "unknown": 0
              },
              "backups": {
                "total": 1,
                "worst": "fresh",
                "lastGoodAt": "2026-11-29T02:31:07Z",
                "lastVerifiedAt": "2026-11-29T02:31:07Z"
              },
              "updatedAt": "2026-11-29T08:00:00Z"
            }
          ],
          "totals": {
            "total": 9,
            "failed": 1,
            "degraded": 2,
            "progressing": 0,
            "healthy": 6,
            "unknown": 0
          },
          "nextCursor": "WyJ3MVRZR1Z0aCIsMV0"
        }
      },
      "Findings": {
        "summary": "One of an instance",
        "value": {
          "items": [
            {
              "id": "5f0c0d7c-55a4-4c1c-8b0e-6f5d2c6f1a10",
              "instance": "prod-eu/akko/akko",
              "rule": "password-mismatch",
              "severity": "error",
              "title": "Keycloak refuses the admin password",
              "cause": "The Secret and the running server have different passwords.",
              "confidence": "certain",
              "object": {
                "kind": "Secret",
                "namespace": "akko",
                "name": "akko-keycloak"
              },
              "job": "keycloak-clients",
              "causeKey": "password-mismatch/keycloak",
              "evidence": [
                {
                  "kind": "report",
                  "source": "job/akko-keycloak-clients",
                  "text": "Keycloak refuses the admin password (invalid_grant: Invalid user credentials)"
                }
              ],
              "steps": [
                {
                  "text": "Make the password in the Secret and that of the server the same, then run the job again."
                }
              ],
              "action": {
                "type": "rerun",
                "jobs": [
                  "keycloak-clients"
                ]
              },
              "consequences": [],
              "openedAt": "2026-11-29T07:41:30Z"
            }
          ]
        }
      },
      "QueuedOperation": {
        "summary": "A re-run that was just asked for",
        "value": {
          "id": "6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11",
          "instance": "prod-eu/akko/akko",
          "action": "rerun",
          "state": "queued",
          "requestedBy": "external:pipeline",
          "via": "api",
          "reason": "rotated the password",
          "requestedAt": "2026-11-29T08:00:00Z",
          "steps": [
            {
              "job": "keycloak-clients",
              "wave": 0,
              "state": "waiting"
            }
          ]
        }
      }
    },
    "schemas": {
      "NotBlank": {
        "type": "string",
        "description": "A name; anything but nothing.",
        "minLength": 1,
        "pattern": "\\S"
      },
      "ClusterError": {
        "type": "object",
        "description": "Why a cluster is not in contact, as a stable code and words for a person.",
        "required": [
          "code",
          "message"
        ],
        "properties": {
          "code": {
            "type": "string",
            "enum": [
              "cluster-unreachable",
              "cluster-refused"
            ]
          },
          "message": {
            "type": "string"
          }
        }
      },
      "Cluster": {
        "type": "object",
        "required": [
          "name",
          "title",
          "sandbox",
          "reachable",
          "stale"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "sandbox": {
            "type": "boolean",
            "description": "A simulated cluster."
          },
          "reachable": {
            "type": "boolean",
            "description": "The last contact succeeded."
          },
          "stale": {
            "type": "boolean",
            "description": "What is shown may be older than the cluster's present state."
          },
          "staleSince": {
            "type": "string",
            "format": "date-time"
          },
          "lastContactAt": {
            "type": "string",
            "format": "date-time"
          },
          "version": {
            "type": "string",
            "description": "Kubernetes version, such as v1.35.4."
          },
          "error": {
            "$ref": "#/components/schemas/ClusterError"
          }
        }
      },
      "ClusterList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Cluster"
            }
          }
        }
      },
      "InstanceHealth": {
        "type": "string",
        "enum": [
          "failed",
          "degraded",
          "progressing",
          "healthy",
          "unknown"
        ],
        "description": "Worst first."
      },
      "InitJobState": {
        "type": "string",
        "enum": [
          "disabled",
          "pending",
          "running",
          "succeeded",
          "failed",
          "expired",
          "missing",
          "unknown"
        ]
      },
      "JobCounts": {
        "type": "object",
        "required": [
          "total",
          "succeeded",
          "failed",
          "running",
          "pending",
          "expired",
          "missing",
          "disabled",
          "unknown"
        ],
        "properties": {
          "total": {
            "type": "integer"
          },
          "succeeded": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "running": {
            "type": "integer"
          },
          "pending": {
            "type": "integer"
          },
          "expired": {
            "type": "integer"
          },
          "missing": {
            "type": "integer"
          },
          "disabled": {
            "type": "integer"
          },
          "unknown": {
            "type": "integer"
          }
        }
      },
      "BackupFreshness": {
        "type": "string",
        "description": "How well a backup protects, worst first. `running`, `due`, `paused`, `fresh` and `disabled` say where it is; the others are concerns, of which the worst is shown here and all are in `concerns`.",
        "enum": [
          "failing",
          "late",
          "over-target",
          "schedule-invalid",
          "never",
          "paused-too-long",
          "manual-only",
          "drill-failed",
          "shrunk",
          "grown",
          "unverified",
          "paused",
          "due",
          "running",
          "fresh",
          "unknown",
          "disabled"
        ]
      },
      "BackupConcernType": {
        "type": "string",
        "enum": [
          "failing",
          "late",
          "over-target",
          "schedule-invalid",
          "never",
          "paused-too-long",
          "manual-only",
          "drill-failed",
          "shrunk",
          "grown",
          "unverified"
        ]
      },
      "BackupConcern": {
        "type": "object",
        "description": "Something that speaks against relying on a backup.",
        "required": [
          "type",
          "message"
        ],
        "properties": {
          "type": {
            "$ref": "#/components/schemas/BackupConcernType"
          },
          "message": {
            "type": "string",
            "description": "What, in one sentence."
          },
          "since": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "BackupCounts": {
        "type": "object",
        "required": [
          "total"
        ],
        "properties": {
          "total": {
            "type": "integer"
          },
          "worst": {
            "$ref": "#/components/schemas/BackupFreshness"
          },
          "lastGoodAt": {
            "type": "string",
            "format": "date-time",
            "description": "Of the backup that is worst off; absent where one has none."
          },
          "lastVerifiedAt": {
            "type": "string",
            "format": "date-time",
            "description": "Of the backup that is worst off; absent where one has none."
          }
        }
      },
      "JobSegment": {
        "type": "object",
        "description": "One init job in the row of segments.",
        "required": [
          "name",
          "state"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/InitJobState"
          }
        }
      },
      "Failure": {
        "type": "object",
        "description": "The most telling error of a failed run.",
        "required": [
          "job",
          "run",
          "message"
        ],
        "properties": {
          "job": {
            "type": "string"
          },
          "run": {
            "type": "string",
            "description": "Run id."
          },
          "code": {
            "type": "string",
            "description": "Error code of the job's report."
          },
          "service": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "FindingSeverity": {
        "type": "string",
        "enum": [
          "info",
          "warning",
          "error"
        ]
      },
      "FindingObject": {
        "type": "object",
        "description": "What a finding is about.",
        "required": [
          "kind",
          "name"
        ],
        "properties": {
          "kind": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "name": {
            "type": "string"
          }
        }
      },
      "FindingEvidence": {
        "type": "object",
        "description": "The very words that a finding rests on; secrets are masked.",
        "required": [
          "kind",
          "source",
          "text"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "report",
              "log",
              "condition",
              "event",
              "status",
              "field",
              "output"
            ]
          },
          "source": {
            "type": "string",
            "description": "kind/name of where it stands."
          },
          "text": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "line": {
            "type": "integer",
            "description": "Of a log, counted from 1."
          }
        }
      },
      "FindingStep": {
        "type": "object",
        "required": [
          "text"
        ],
        "properties": {
          "text": {
            "type": "string"
          },
          "command": {
            "type": "string",
            "description": "To copy into a shell: quoted, and without any secret."
          }
        }
      },
      "FindingAction": {
        "type": "object",
        "description": "What the portal offers to do about it.",
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "rerun",
              "backup",
              "drill",
              "resume"
            ]
          },
          "jobs": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "backup": {
            "type": "string"
          },
          "after": {
            "type": "string",
            "description": "What a person does before."
          }
        }
      },
      "FindingConsequence": {
        "type": "object",
        "description": "Something else that went wrong because of the root.",
        "required": [
          "job",
          "rule",
          "text",
          "object"
        ],
        "properties": {
          "job": {
            "type": "string"
          },
          "rule": {
            "type": "string"
          },
          "text": {
            "type": "string"
          },
          "object": {
            "$ref": "#/components/schemas/FindingObject"
          }
        }
      },
      "Finding": {
        "type": "object",
        "description": "A diagnosed problem.",
        "required": [
          "id",
          "rule",
          "severity",
          "title",
          "cause",
          "confidence",
          "object",
          "causeKey",
          "evidence",
          "steps",
          "consequences",
          "openedAt"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "The same as long as it is open."
          },
          "rule": {
            "type": "string"
          },
          "severity": {
            "$ref": "#/components/schemas/FindingSeverity"
          },
          "title": {
            "type": "string"
          },
          "cause": {
            "type": "string",
            "description": "In one sentence."
          },
          "confidence": {
            "type": "string",
            "enum": [
              "certain",
              "likely",
              "possible"
            ]
          },
          "object": {
            "$ref": "#/components/schemas/FindingObject"
          },
          "job": {
            "type": "string",
            "description": "Init job or backup."
          },
          "run": {
            "type": "string",
            "description": "Run id."
          },
          "causeKey": {
            "type": "string",
            "description": "The same for instances that have the same cause."
          },
          "evidence": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FindingEvidence"
            }
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FindingStep"
            }
          },
          "action": {
            "$ref": "#/components/schemas/FindingAction"
          },
          "link": {
            "type": "string"
          },
          "consequences": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FindingConsequence"
            }
          },
          "openedAt": {
            "type": "string",
            "format": "date-time"
          },
          "seenAt": {
            "type": "string",
            "format": "date-time",
            "description": "When it was last found."
          },
          "resolvedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "FindingSummary": {
        "type": "object",
        "description": "The first finding of an instance, in one line.",
        "required": [
          "id",
          "rule",
          "severity",
          "title",
          "cause",
          "causeKey",
          "openedAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "rule": {
            "type": "string"
          },
          "severity": {
            "$ref": "#/components/schemas/FindingSeverity"
          },
          "title": {
            "type": "string"
          },
          "cause": {
            "type": "string"
          },
          "job": {
            "type": "string"
          },
          "causeKey": {
            "type": "string"
          },
          "openedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "FleetFinding": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Finding"
          },
          {
            "type": "object",
            "required": [
              "instance"
            ],
            "properties": {
              "instance": {
                "type": "string",
                "description": "Instance ref."
              }
            }
          }
        ]
      },
      "FindingGroup": {
        "type": "object",
        "description": "Open findings of several instances that have the same cause.",
        "required": [
          "causeKey",
          "rule",
          "severity",
          "title",
          "instances",
          "openedAt"
        ],
        "properties": {
          "causeKey": {
            "type": "string"
          },
          "rule": {
            "type": "string"
          },
          "severity": {
            "$ref": "#/components/schemas/FindingSeverity"
          },
          "title": {
            "type": "string"
          },
          "instances": {
            "type": "array",
            "description": "Refs.",
            "items": {
              "type": "string"
            }
          },
          "openedAt": {
            "type": "string",
            "format": "date-time",
            "description": "Of the first."
          }
        }
      },
      "FindingList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FleetFinding"
            }
          },
          "groups": {
            "type": "array",
            "description": "Only with group=cause; those of several instances first.",
            "items": {
              "$ref": "#/components/schemas/FindingGroup"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "InstanceCore": {
        "type": "object",
        "required": [
          "ref",
          "cluster",
          "namespace",
          "release",
          "title",
          "sandbox",
          "stale",
          "health",
          "headline",
          "segments",
          "permissions",
          "updatedAt"
        ],
        "properties": {
          "ref": {
            "type": "string",
            "description": "cluster/namespace/release"
          },
          "cluster": {
            "type": "string"
          },
          "clusterTitle": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "release": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "entityRef": {
            "type": "string",
            "description": "The catalog entity that stands for it."
          },
          "labels": {
            "type": "object",
            "description": "Labels of the job catalogue, without those that every chart has, as akko.io/owner.",
            "additionalProperties": {
              "type": "string"
            }
          },
          "permissions": {
            "type": "array",
            "description": "Names of the permissions that the caller has on it, as akko.job.run.",
            "items": {
              "type": "string"
            }
          },
          "chartVersion": {
            "type": "string"
          },
          "revision": {
            "type": "integer",
            "description": "Helm revision."
          },
          "sandbox": {
            "type": "boolean"
          },
          "stale": {
            "type": "boolean"
          },
          "staleSince": {
            "type": "string",
            "format": "date-time"
          },
          "health": {
            "$ref": "#/components/schemas/InstanceHealth"
          },
          "headline": {
            "type": "string",
            "description": "The state in one English sentence, such as \"7 of 9 jobs done, 1 failed\"."
          },
          "segments": {
            "type": "array",
            "description": "Init jobs in dependency order.",
            "items": {
              "$ref": "#/components/schemas/JobSegment"
            }
          },
          "topFinding": {
            "$ref": "#/components/schemas/FindingSummary"
          },
          "topFailure": {
            "$ref": "#/components/schemas/Failure"
          },
          "lastRunAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastTrigger": {
            "$ref": "#/components/schemas/Trigger"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "InstanceSummary": {
        "allOf": [
          {
            "$ref": "#/components/schemas/InstanceCore"
          },
          {
            "type": "object",
            "required": [
              "jobs",
              "backups"
            ],
            "properties": {
              "jobs": {
                "$ref": "#/components/schemas/JobCounts"
              },
              "backups": {
                "$ref": "#/components/schemas/BackupCounts"
              }
            }
          }
        ]
      },
      "InstanceList": {
        "type": "object",
        "required": [
          "items",
          "totals"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/InstanceSummary"
            }
          },
          "nextCursor": {
            "type": "string"
          },
          "totals": {
            "$ref": "#/components/schemas/HealthTotals"
          }
        }
      },
      "HealthTotals": {
        "type": "object",
        "required": [
          "total",
          "failed",
          "degraded",
          "progressing",
          "healthy",
          "unknown"
        ],
        "properties": {
          "total": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "degraded": {
            "type": "integer"
          },
          "progressing": {
            "type": "integer"
          },
          "healthy": {
            "type": "integer"
          },
          "unknown": {
            "type": "integer"
          }
        }
      },
      "Simulated": {
        "type": "boolean",
        "description": "On clusters of the sandbox. True: its runs are scenarios, with logs and results made up. False: the sandbox runs the chart's program as a process of its machine."
      },
      "InitJob": {
        "type": "object",
        "required": [
          "name",
          "title",
          "state",
          "enabled",
          "dependsOn"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/InitJobState"
          },
          "enabled": {
            "type": "boolean"
          },
          "dependsOn": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "waitingFor": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Jobs that this one waits for."
          },
          "jobName": {
            "type": "string",
            "description": "Name of the Kubernetes Job."
          },
          "lastRun": {
            "$ref": "#/components/schemas/Run"
          },
          "lastSuccessAt": {
            "type": "string",
            "format": "date-time"
          },
          "usualDurationSeconds": {
            "type": "number",
            "description": "Median of the last 20 successful runs."
          },
          "changedSinceLastRun": {
            "type": "boolean"
          },
          "nextUpgrade": {
            "type": "string",
            "enum": [
              "runs",
              "stays",
              "refused",
              "off"
            ],
            "description": "What the next helm upgrade will do with it as things are: run it, leave it alone, be refused because its Job cannot be changed while it is there, or nothing because it is off. Absent where the chart does not say how it runs."
          },
          "runnable": {
            "type": "boolean",
            "description": "The portal knows a manifest for it."
          },
          "simulated": {
            "$ref": "#/components/schemas/Simulated"
          },
          "note": {
            "type": "string"
          }
        }
      },
      "Backup": {
        "type": "object",
        "required": [
          "name",
          "title",
          "enabled",
          "freshness",
          "concerns"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "enabled": {
            "type": "boolean"
          },
          "freshness": {
            "$ref": "#/components/schemas/BackupFreshness"
          },
          "concerns": {
            "type": "array",
            "description": "Everything that speaks against it, worst first.",
            "items": {
              "$ref": "#/components/schemas/BackupConcern"
            }
          },
          "schedule": {
            "type": "string"
          },
          "timeZone": {
            "type": "string"
          },
          "suspended": {
            "type": "boolean"
          },
          "paused": {
            "$ref": "#/components/schemas/BackupPause"
          },
          "concurrencyPolicy": {
            "type": "string",
            "enum": [
              "Allow",
              "Forbid",
              "Replace"
            ]
          },
          "nextRunAt": {
            "type": "string",
            "format": "date-time"
          },
          "nextRuns": {
            "type": "array",
            "description": "The next times of the schedule, at most five.",
            "items": {
              "type": "string",
              "format": "date-time"
            }
          },
          "lastGoodAt": {
            "type": "string",
            "format": "date-time",
            "description": "End of the newest run that succeeded."
          },
          "lastScheduledGoodAt": {
            "type": "string",
            "format": "date-time",
            "description": "The same of those that the schedule started."
          },
          "lastVerifiedAt": {
            "type": "string",
            "format": "date-time",
            "description": "End of the newest good run whose backup is proven at least to `target.verifiedLevel`. The headline figure is its age."
          },
          "lastRestoredAt": {
            "type": "string",
            "format": "date-time",
            "description": "End of the newest run whose backup a drill has restored."
          },
          "lastGood": {
            "allOf": [
              {
                "$ref": "#/components/schemas/BackupEntry"
              }
            ],
            "description": "The newest good entry of the ledger."
          },
          "lastRun": {
            "$ref": "#/components/schemas/Run"
          },
          "usualDurationSeconds": {
            "type": "number"
          },
          "retention": {
            "type": "integer",
            "description": "Good backups that the chart keeps."
          },
          "target": {
            "$ref": "#/components/schemas/BackupTarget"
          },
          "drill": {
            "$ref": "#/components/schemas/BackupDrill"
          },
          "runnable": {
            "type": "boolean",
            "description": "It has a CronJob that can be run, suspended and resumed."
          },
          "simulated": {
            "$ref": "#/components/schemas/Simulated"
          }
        }
      },
      "BackupPause": {
        "type": "object",
        "description": "That nothing runs on schedule, since when and why.",
        "required": [
          "isExact"
        ],
        "properties": {
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "isExact": {
            "type": "boolean",
            "description": "False: at least since then, because the first run that is missing was due then."
          },
          "by": {
            "type": "string",
            "description": "Entity ref or principal."
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "BackupTarget": {
        "type": "object",
        "description": "What is expected of a backup, from `akko.backups`.",
        "required": [
          "graceSeconds",
          "verifiedLevel",
          "verifiedWithinSeconds",
          "shrunkBelow",
          "grownAbove"
        ],
        "properties": {
          "recoveryPointSeconds": {
            "type": "number",
            "description": "Oldest that the last good backup may be."
          },
          "graceSeconds": {
            "type": "number",
            "description": "After a due time, until a run that did not come is late."
          },
          "verifiedLevel": {
            "$ref": "#/components/schemas/VerificationLevel"
          },
          "verifiedWithinSeconds": {
            "type": "number",
            "description": "Oldest that the last verified backup may be."
          },
          "pausedWithinSeconds": {
            "type": "number",
            "description": "Longest that it may be paused."
          },
          "shrunkBelow": {
            "type": "number",
            "description": "Ratio to the size before below which a backup is suspicious."
          },
          "grownAbove": {
            "type": "number"
          }
        }
      },
      "BackupDrill": {
        "type": "object",
        "description": "The job that restores the newest backup and compares.",
        "required": [
          "name",
          "title",
          "runnable"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "runnable": {
            "type": "boolean"
          },
          "lastRun": {
            "$ref": "#/components/schemas/Run"
          },
          "restoreSeconds": {
            "type": "number",
            "description": "How long the restore of the last good drill took, the measured recovery time."
          },
          "nextRunAt": {
            "type": "string",
            "format": "date-time"
          },
          "scheduledBy": {
            "type": "string",
            "enum": [
              "chart",
              "portal"
            ],
            "description": "Whose schedule it runs on; absent where it runs on demand only."
          },
          "schedule": {
            "type": "string"
          },
          "timeZone": {
            "type": "string"
          }
        }
      },
      "VerificationLevel": {
        "type": "string",
        "enum": [
          "none",
          "checksum",
          "readable",
          "restored"
        ],
        "description": "How far it is proven that a backup can be used, weakest first: nothing; every byte has its checksum; its parts can be read; it was restored elsewhere and compared."
      },
      "BackupOrigin": {
        "type": "string",
        "enum": [
          "scheduled",
          "manual",
          "unknown"
        ],
        "description": "What began a run: its schedule, somebody, or a tool that left no mark."
      },
      "BackupEntry": {
        "type": "object",
        "description": "One run of a backup in the ledger.",
        "required": [
          "id",
          "instance",
          "backup",
          "origin",
          "state",
          "createdAt",
          "verification",
          "retention",
          "hasLog",
          "findings"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "Run id."
          },
          "instance": {
            "type": "string"
          },
          "backup": {
            "type": "string"
          },
          "origin": {
            "$ref": "#/components/schemas/BackupOrigin"
          },
          "by": {
            "type": "string",
            "description": "Who asked for it, where it is known."
          },
          "operation": {
            "type": "string"
          },
          "scheduledFor": {
            "type": "string",
            "format": "date-time"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "durationSeconds": {
            "type": "number"
          },
          "state": {
            "$ref": "#/components/schemas/RunState"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "errorCode": {
            "type": "string",
            "description": "Of the job's report."
          },
          "bytes": {
            "type": "integer"
          },
          "bytesSource": {
            "type": "string",
            "enum": [
              "report",
              "log"
            ],
            "description": "Where the size is from: the job said so, or it was read out of its log."
          },
          "ratio": {
            "type": "number",
            "description": "Size divided by that of the good backup before."
          },
          "items": {
            "type": "integer",
            "description": "Databases or buckets."
          },
          "location": {
            "type": "string"
          },
          "locationSource": {
            "type": "string",
            "enum": [
              "report",
              "log"
            ]
          },
          "backupId": {
            "type": "string"
          },
          "sha256": {
            "type": "string"
          },
          "toolVersion": {
            "type": "string"
          },
          "serverVersion": {
            "type": "string"
          },
          "retention": {
            "type": "object",
            "description": "Whether the backup is still there.",
            "properties": {
              "rank": {
                "type": "integer",
                "description": "Place among the good backups that are there, the newest is 1."
              },
              "of": {
                "type": "integer",
                "description": "How many are kept."
              },
              "prunedAt": {
                "type": "string",
                "format": "date-time",
                "description": "End of the run that removed it, at the latest."
              }
            }
          },
          "verification": {
            "type": "object",
            "required": [
              "level"
            ],
            "properties": {
              "level": {
                "$ref": "#/components/schemas/VerificationLevel"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "by": {
                "type": "string",
                "description": "Id of the run that proved it."
              },
              "restoreSeconds": {
                "type": "number"
              },
              "failedAt": {
                "type": "string",
                "format": "date-time",
                "description": "When a drill of it failed after that."
              },
              "failedBy": {
                "type": "string",
                "description": "Id of that run."
              }
            }
          },
          "hasLog": {
            "type": "boolean"
          },
          "findings": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FindingSummary"
            }
          }
        }
      },
      "BackupGap": {
        "type": "object",
        "description": "A time in which the portal did not watch, and runs may have come and gone.",
        "required": [
          "from",
          "to",
          "missed"
        ],
        "properties": {
          "from": {
            "type": "string",
            "format": "date-time"
          },
          "to": {
            "type": "string",
            "format": "date-time"
          },
          "missed": {
            "type": "integer",
            "description": "Times of the schedule in it that have no entry."
          }
        }
      },
      "BackupEntryList": {
        "type": "object",
        "required": [
          "items",
          "gaps"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/BackupEntry"
            }
          },
          "gaps": {
            "type": "array",
            "description": "Those between the first and the last of the page.",
            "items": {
              "$ref": "#/components/schemas/BackupGap"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "BackupDay": {
        "type": "object",
        "required": [
          "date",
          "state",
          "runs",
          "good",
          "failed",
          "missed"
        ],
        "properties": {
          "date": {
            "type": "string",
            "format": "date"
          },
          "state": {
            "type": "string",
            "enum": [
              "good",
              "manual",
              "failed",
              "missed",
              "running",
              "gap",
              "none"
            ],
            "description": "`good`: the last run succeeded and the schedule was kept; `manual`: there is a good backup of that day, by hand only; `failed`: the last run failed; `missed`: a run was due and none came; `gap`: the portal did not watch; `none`: nothing was due."
          },
          "runs": {
            "type": "integer"
          },
          "good": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "missed": {
            "type": "integer"
          },
          "bytes": {
            "type": "integer",
            "description": "Of the last good run."
          },
          "level": {
            "$ref": "#/components/schemas/VerificationLevel"
          },
          "run": {
            "type": "string",
            "description": "The run that decides."
          }
        }
      },
      "BackupCalendar": {
        "type": "object",
        "required": [
          "from",
          "to",
          "timeZone",
          "days"
        ],
        "properties": {
          "from": {
            "type": "string",
            "format": "date",
            "description": "Later than asked for where there are more than 18,000 runs since."
          },
          "to": {
            "type": "string",
            "format": "date"
          },
          "timeZone": {
            "type": "string"
          },
          "days": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/BackupDay"
            }
          }
        }
      },
      "BackupPoint": {
        "type": "object",
        "required": [
          "run",
          "kind",
          "at",
          "state"
        ],
        "properties": {
          "run": {
            "type": "string"
          },
          "kind": {
            "type": "string",
            "enum": [
              "backup",
              "drill"
            ]
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/RunState"
          },
          "origin": {
            "$ref": "#/components/schemas/BackupOrigin"
          },
          "bytes": {
            "type": "integer"
          },
          "durationSeconds": {
            "type": "number"
          },
          "level": {
            "$ref": "#/components/schemas/VerificationLevel"
          }
        }
      },
      "BackupChart": {
        "type": "object",
        "required": [
          "from",
          "to",
          "points",
          "thinned"
        ],
        "properties": {
          "from": {
            "type": "string",
            "format": "date-time"
          },
          "to": {
            "type": "string",
            "format": "date-time"
          },
          "points": {
            "type": "array",
            "description": "Oldest first.",
            "items": {
              "$ref": "#/components/schemas/BackupPoint"
            }
          },
          "thinned": {
            "type": "boolean",
            "description": "There are more runs than points: failures and drills are all there, of the others some."
          }
        }
      },
      "FleetBackup": {
        "type": "object",
        "required": [
          "instance",
          "instanceTitle",
          "cluster",
          "sandbox",
          "stale",
          "backup"
        ],
        "properties": {
          "instance": {
            "type": "string"
          },
          "instanceTitle": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "clusterTitle": {
            "type": "string"
          },
          "sandbox": {
            "type": "boolean"
          },
          "stale": {
            "type": "boolean"
          },
          "backup": {
            "$ref": "#/components/schemas/Backup"
          }
        }
      },
      "FleetBackupList": {
        "type": "object",
        "required": [
          "items",
          "totals"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FleetBackup"
            }
          },
          "nextCursor": {
            "type": "string"
          },
          "totals": {
            "type": "object",
            "description": "Number of backups per freshness over what matches the other filters.",
            "additionalProperties": {
              "type": "integer"
            }
          }
        }
      },
      "Instance": {
        "allOf": [
          {
            "$ref": "#/components/schemas/InstanceCore"
          },
          {
            "type": "object",
            "required": [
              "clusterState",
              "jobs",
              "jobCounts",
              "backups",
              "backupCounts",
              "findings",
              "activeOperations"
            ],
            "properties": {
              "clusterState": {
                "$ref": "#/components/schemas/Cluster"
              },
              "jobs": {
                "type": "array",
                "description": "Init jobs in dependency order.",
                "items": {
                  "$ref": "#/components/schemas/InitJob"
                }
              },
              "jobCounts": {
                "$ref": "#/components/schemas/JobCounts"
              },
              "backups": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Backup"
                }
              },
              "backupCounts": {
                "$ref": "#/components/schemas/BackupCounts"
              },
              "findings": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Finding"
                }
              },
              "activeOperations": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Operation"
                }
              }
            }
          }
        ]
      },
      "TriggerType": {
        "type": "string",
        "enum": [
          "helm",
          "portal",
          "scaffolder",
          "action",
          "api",
          "schedule",
          "kubectl",
          "unknown"
        ]
      },
      "Trigger": {
        "type": "object",
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "$ref": "#/components/schemas/TriggerType"
          },
          "by": {
            "type": "string",
            "description": "Entity ref or principal."
          },
          "operation": {
            "type": "string"
          },
          "revision": {
            "type": "integer"
          },
          "scheduledFor": {
            "type": "string",
            "format": "date-time",
            "description": "Of a run that a schedule began: when it was due."
          },
          "reason": {
            "type": "string"
          }
        }
      },
      "RunState": {
        "type": "string",
        "enum": [
          "pending",
          "running",
          "succeeded",
          "failed",
          "unknown"
        ]
      },
      "Attempt": {
        "type": "object",
        "required": [
          "number",
          "pod",
          "hasLog"
        ],
        "properties": {
          "number": {
            "type": "integer",
            "minimum": 1
          },
          "pod": {
            "type": "string"
          },
          "node": {
            "type": "string"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "exitCode": {
            "type": "integer"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string",
            "description": "Why the container waits or ended."
          },
          "hasLog": {
            "type": "boolean"
          }
        }
      },
      "ReportChange": {
        "type": "object",
        "required": [
          "kind",
          "name",
          "action"
        ],
        "properties": {
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "action": {
            "type": "string",
            "enum": [
              "created",
              "updated",
              "unchanged",
              "skipped"
            ]
          },
          "note": {
            "type": "string"
          }
        }
      },
      "ReportTotals": {
        "type": "object",
        "required": [
          "created",
          "updated",
          "unchanged",
          "skipped"
        ],
        "properties": {
          "created": {
            "type": "integer"
          },
          "updated": {
            "type": "integer"
          },
          "unchanged": {
            "type": "integer"
          },
          "skipped": {
            "type": "integer"
          }
        }
      },
      "ReportError": {
        "type": "object",
        "required": [
          "code",
          "message"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "nextStep": {
            "type": "string",
            "description": "What to do about it."
          }
        }
      },
      "ReportBackup": {
        "type": "object",
        "description": "What a backup or a restore drill adds to its report.",
        "required": [
          "id",
          "location"
        ],
        "additionalProperties": true,
        "properties": {
          "id": {
            "type": "string",
            "description": "The backup, as its folder or prefix is called."
          },
          "location": {
            "type": "string"
          },
          "bytes": {
            "type": "integer"
          },
          "sha256": {
            "type": "string",
            "description": "SHA-256 of the manifest file."
          },
          "items": {
            "type": "array",
            "description": "One entry per database or bucket; cut where the report does not fit.",
            "items": {
              "type": "object",
              "required": [
                "name"
              ],
              "additionalProperties": true,
              "properties": {
                "name": {
                  "type": "string"
                },
                "bytes": {
                  "type": "integer"
                },
                "count": {
                  "type": "integer",
                  "description": "Objects of a bucket."
                },
                "sha256": {
                  "type": "string"
                }
              }
            }
          },
          "itemCount": {
            "type": "integer",
            "description": "All items; the list may be cut."
          },
          "kept": {
            "type": "integer",
            "description": "Backups that are there now."
          },
          "pruned": {
            "type": "integer",
            "description": "Old backups that this run removed."
          },
          "verified": {
            "type": "boolean"
          },
          "level": {
            "type": "string",
            "enum": [
              "none",
              "checksum",
              "readable",
              "restored"
            ],
            "description": "How far it has been proven that the backup can be used."
          },
          "toolVersion": {
            "type": "string"
          },
          "serverVersion": {
            "type": "string"
          },
          "restoreSeconds": {
            "type": "number",
            "description": "How long the restore of a drill took."
          }
        }
      },
      "Report": {
        "type": "object",
        "description": "The JSON that a job leaves in its termination message (akko.io/report/v1).",
        "required": [
          "schema",
          "job",
          "outcome"
        ],
        "properties": {
          "schema": {
            "type": "string",
            "const": "akko.io/report/v1"
          },
          "job": {
            "type": "string"
          },
          "outcome": {
            "type": "string",
            "enum": [
              "succeeded",
              "failed"
            ]
          },
          "plan": {
            "type": "boolean",
            "description": "Nothing was done; changes say what would be."
          },
          "startedAt": {
            "type": "string"
          },
          "finishedAt": {
            "type": "string"
          },
          "changes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ReportChange"
            }
          },
          "totals": {
            "$ref": "#/components/schemas/ReportTotals"
          },
          "error": {
            "$ref": "#/components/schemas/ReportError"
          },
          "backup": {
            "$ref": "#/components/schemas/ReportBackup"
          }
        }
      },
      "Run": {
        "type": "object",
        "required": [
          "id",
          "uid",
          "instance",
          "name",
          "kind",
          "state",
          "trigger",
          "createdAt",
          "attempts",
          "live"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "uid": {
            "type": "string",
            "description": "Uid of the Kubernetes Job."
          },
          "instance": {
            "type": "string",
            "description": "Instance ref."
          },
          "name": {
            "type": "string",
            "description": "Init job or backup."
          },
          "jobName": {
            "type": "string",
            "description": "Name of the Kubernetes Job."
          },
          "kind": {
            "type": "string",
            "enum": [
              "init",
              "backup",
              "drill"
            ]
          },
          "state": {
            "$ref": "#/components/schemas/RunState"
          },
          "trigger": {
            "$ref": "#/components/schemas/Trigger"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "durationSeconds": {
            "type": "number"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "errorLine": {
            "type": "string",
            "description": "The line of the log that tells most."
          },
          "exitCode": {
            "type": "integer"
          },
          "attempts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Attempt"
            }
          },
          "report": {
            "$ref": "#/components/schemas/Report"
          },
          "configChecksum": {
            "type": "string"
          },
          "image": {
            "type": "string"
          },
          "live": {
            "type": "boolean",
            "description": "The Job is still on the cluster."
          }
        }
      },
      "RunEvent": {
        "type": "object",
        "description": "A Kubernetes event about the Job or one of its pods.",
        "required": [
          "type",
          "reason",
          "message",
          "object"
        ],
        "properties": {
          "type": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "object": {
            "type": "string",
            "description": "kind/name"
          },
          "count": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "RunDetail": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Run"
          },
          {
            "type": "object",
            "required": [
              "events",
              "findings"
            ],
            "properties": {
              "findings": {
                "type": "array",
                "description": "What was wrong with this run, also when it is resolved.",
                "items": {
                  "$ref": "#/components/schemas/Finding"
                }
              },
              "events": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/RunEvent"
                }
              },
              "previous": {
                "type": "string",
                "description": "Run id."
              },
              "next": {
                "type": "string",
                "description": "Run id."
              },
              "lastGood": {
                "$ref": "#/components/schemas/Run"
              }
            }
          }
        ]
      },
      "RunList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Run"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "UpgradeRun": {
        "type": "object",
        "description": "The newest run of one init job in an upgrade.",
        "required": [
          "id",
          "name",
          "state"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "Run id."
          },
          "name": {
            "type": "string",
            "description": "Init job."
          },
          "state": {
            "$ref": "#/components/schemas/RunState"
          }
        }
      },
      "Upgrade": {
        "type": "object",
        "description": "An install or upgrade by Helm, made from the runs of init jobs that Helm caused. Runs of one revision are one upgrade. Where the revision does not tell upgrades apart (it is not known, or it is 1, which every new install starts at), those are that lie close to each other in time, until a job runs again.",
        "required": [
          "id",
          "startedAt",
          "state",
          "runs"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "Id of its first run."
          },
          "revision": {
            "type": "integer",
            "description": "Helm revision, where it is known."
          },
          "startedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When its first run was created."
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time",
            "description": "End of its last run, where the end of each is known."
          },
          "state": {
            "type": "string",
            "enum": [
              "running",
              "succeeded",
              "failed",
              "unknown"
            ],
            "description": "Running until all runs have ended; then the worst of them."
          },
          "runs": {
            "type": "array",
            "description": "One per init job; jobs that ran first come first.",
            "items": {
              "$ref": "#/components/schemas/UpgradeRun"
            }
          }
        }
      },
      "UpgradeList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Upgrade"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "OperationAction": {
        "type": "string",
        "enum": [
          "bootstrap",
          "rerun",
          "backup",
          "drill",
          "suspend",
          "resume"
        ]
      },
      "OperationState": {
        "type": "string",
        "enum": [
          "queued",
          "running",
          "succeeded",
          "failed",
          "cancelled"
        ]
      },
      "OperationVia": {
        "type": "string",
        "enum": [
          "portal",
          "api",
          "scaffolder",
          "action",
          "schedule"
        ],
        "description": "`schedule` is the portal itself, for drills on a schedule of its configuration."
      },
      "OperationStep": {
        "type": "object",
        "required": [
          "job",
          "state",
          "wave"
        ],
        "properties": {
          "job": {
            "type": "string"
          },
          "wave": {
            "type": "integer",
            "minimum": 0,
            "description": "Place in the order. A step starts when the steps that it depends on have succeeded; steps that do not depend on each other run side by side."
          },
          "state": {
            "type": "string",
            "enum": [
              "waiting",
              "replacing",
              "running",
              "succeeded",
              "failed",
              "skipped"
            ]
          },
          "run": {
            "type": "string",
            "description": "Run id."
          },
          "error": {
            "type": "string"
          }
        }
      },
      "OperationError": {
        "type": "object",
        "required": [
          "code",
          "message"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          }
        }
      },
      "Operation": {
        "type": "object",
        "required": [
          "id",
          "instance",
          "action",
          "state",
          "requestedBy",
          "via",
          "requestedAt",
          "steps"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "instance": {
            "type": "string"
          },
          "action": {
            "$ref": "#/components/schemas/OperationAction"
          },
          "backup": {
            "type": "string",
            "description": "Of backup, drill, suspend and resume: which one."
          },
          "state": {
            "$ref": "#/components/schemas/OperationState"
          },
          "requestedBy": {
            "type": "string"
          },
          "via": {
            "$ref": "#/components/schemas/OperationVia"
          },
          "reason": {
            "type": "string"
          },
          "requestedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OperationStep"
            }
          },
          "error": {
            "$ref": "#/components/schemas/OperationError"
          }
        }
      },
      "OperationList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Operation"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "OperationRequest": {
        "type": "object",
        "description": "`bootstrap` runs all enabled init jobs in waves by dependency, `rerun` those of `jobs`; the other actions are about `backup`.",
        "required": [
          "action"
        ],
        "additionalProperties": false,
        "properties": {
          "action": {
            "$ref": "#/components/schemas/OperationAction"
          },
          "jobs": {
            "description": "Of `rerun`: all that are enabled, those that failed, or these.",
            "oneOf": [
              {
                "type": "string",
                "enum": [
                  "all",
                  "failed"
                ]
              },
              {
                "type": "array",
                "minItems": 1,
                "maxItems": 50,
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 63
                }
              }
            ]
          },
          "backup": {
            "type": "string",
            "description": "Of `backup`, `drill`, `suspend` and `resume`: name of the backup.",
            "minLength": 1,
            "maxLength": 63
          },
          "reason": {
            "type": "string",
            "description": "For whoever looks later; needed with `suspend`. It is shown to everybody who may see the instance, so no secrets.",
            "maxLength": 500,
            "pattern": "^[^\\u0000]*$"
          },
          "dryRun": {
            "type": "boolean",
            "description": "Only tell what would be done."
          }
        },
        "if": {
          "properties": {
            "action": {
              "enum": [
                "bootstrap",
                "rerun"
              ]
            }
          }
        },
        "then": {
          "not": {
            "required": [
              "backup"
            ]
          },
          "if": {
            "properties": {
              "action": {
                "const": "rerun"
              }
            }
          },
          "then": {
            "required": [
              "jobs"
            ]
          },
          "else": {
            "not": {
              "required": [
                "jobs"
              ]
            }
          }
        },
        "else": {
          "required": [
            "backup"
          ],
          "not": {
            "required": [
              "jobs"
            ]
          },
          "if": {
            "properties": {
              "action": {
                "const": "suspend"
              },
              "dryRun": {
                "const": false
              }
            }
          },
          "then": {
            "required": [
              "reason"
            ],
            "properties": {
              "reason": {
                "pattern": "\\S"
              }
            }
          }
        }
      },
      "OperationPlan": {
        "type": "object",
        "required": [
          "instance",
          "action",
          "steps",
          "warnings"
        ],
        "properties": {
          "instance": {
            "type": "string"
          },
          "action": {
            "$ref": "#/components/schemas/OperationAction"
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PlannedStep"
            }
          },
          "warnings": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "notes": {
            "type": "array",
            "description": "What happens next, such as when a resumed schedule runs.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "PlannedStep": {
        "type": "object",
        "required": [
          "job",
          "wave",
          "jobName",
          "replaces",
          "source",
          "manifest"
        ],
        "properties": {
          "job": {
            "type": "string"
          },
          "wave": {
            "type": "integer"
          },
          "jobName": {
            "type": "string"
          },
          "replaces": {
            "type": "boolean",
            "description": "A live Job is archived and deleted first."
          },
          "source": {
            "type": "string",
            "enum": [
              "live",
              "catalogue",
              "history",
              "cronjob"
            ],
            "description": "Where the manifest comes from."
          },
          "manifest": {
            "type": "string",
            "description": "The exact Job that will be created, or what is changed of the CronJob; YAML, secrets masked."
          }
        }
      },
      "ErrorDetail": {
        "type": "object",
        "required": [
          "field",
          "message"
        ],
        "properties": {
          "field": {
            "type": "string"
          },
          "message": {
            "type": "string"
          }
        }
      },
      "ErrorCode": {
        "type": "string",
        "description": "Stable, for programs.",
        "enum": [
          "invalid-request",
          "not-authenticated",
          "not-allowed",
          "unknown-cluster",
          "unknown-instance",
          "unknown-job",
          "unknown-backup",
          "unknown-run",
          "unknown-operation",
          "unknown-route",
          "already-running",
          "job-not-ours",
          "nothing-to-do",
          "not-runnable",
          "idempotency-mismatch",
          "too-many-requests",
          "cluster-unreachable",
          "cluster-refused"
        ]
      },
      "ErrorResponse": {
        "type": "object",
        "description": "Body of every error, as Backstage writes it, with a stable code. An error without one is not of this API: of a proxy, or an accident of the backend (500).",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "Kind of error."
              },
              "message": {
                "type": "string",
                "description": "What happened, why, and what next; for people."
              },
              "code": {
                "$ref": "#/components/schemas/ErrorCode"
              },
              "details": {
                "type": "array",
                "description": "The fields that are wrong, with `invalid-request`.",
                "items": {
                  "$ref": "#/components/schemas/ErrorDetail"
                }
              },
              "operation": {
                "type": "string",
                "description": "The operation that is in the way, with `already-running`; the one that has the key, with `idempotency-mismatch`."
              },
              "permission": {
                "type": "string",
                "description": "The missing permission, with `not-allowed`."
              }
            },
            "additionalProperties": true
          },
          "request": {
            "type": "object",
            "description": "What was asked.",
            "properties": {
              "method": {
                "type": "string"
              },
              "url": {
                "type": "string"
              }
            },
            "additionalProperties": true
          },
          "response": {
            "type": "object",
            "properties": {
              "statusCode": {
                "type": "integer"
              }
            },
            "additionalProperties": true
          }
        },
        "additionalProperties": true
      },
      "OpenApiDocument": {
        "type": "object",
        "description": "By the OpenAPI specification 3.1.",
        "required": [
          "openapi",
          "info",
          "servers",
          "paths",
          "components"
        ],
        "properties": {
          "openapi": {
            "type": "string",
            "pattern": "^3\\.1\\."
          },
          "info": {
            "type": "object",
            "required": [
              "title",
              "version"
            ],
            "properties": {
              "title": {
                "type": "string"
              },
              "version": {
                "type": "string"
              }
            }
          },
          "servers": {
            "type": "array",
            "minItems": 1,
            "items": {
              "type": "object",
              "required": [
                "url"
              ],
              "properties": {
                "url": {
                  "type": "string"
                }
              }
            }
          },
          "paths": {
            "type": "object"
          },
          "components": {
            "type": "object"
          }
        }
      }
    }
  }
};
