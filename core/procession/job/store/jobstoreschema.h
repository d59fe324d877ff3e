// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

class StoreConnection;

/// The version of the schema that this program writes.
inline constexpr int JobStoreSchemaVersion = 2;
/// What SQLite calls the application id of a database.
inline constexpr int JobStoreApplicationId = 0x50726f63; // "Proc"

/// Makes a connection ready for use: sets it up, makes the tables of a new file, brings those of an older version up to date.
/// \throws JobStoreError NewerSchema, Foreign, Damaged and what SQLite reports
void prepareJobStore(StoreConnection &connection);

} // namespace procession
