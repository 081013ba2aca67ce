// The declarations of all collections, by the file that holds them. A new field is one line there, a new collection one
// function there, one line here and one in collections.cpp; everything else follows from it.
#pragma once

#include "shared/schema/schema.hpp"

namespace anketa::schema::declared {

// client_collections.cpp
Collection client();
Collection contact();
Collection interaction();
Collection assignment();

// dossier_collections.cpp
Collection dossier_part();
Collection relation_actor();
Collection competitor();
Collection opportunity();
Collection range_item();

// questionnaire_collections.cpp
Collection form();
Collection questionnaire();
Collection referral();
Collection offer();

// quality_collections.cpp
Collection quality_case();
Collection task();
Collection quality_settings();

// campaign_collections.cpp
Collection campaign();
Collection campaign_client();
Collection reassignment();
Collection campaign_cost();
Collection call();
Collection visit();
Collection absence();
Collection holiday();

// system_collections.cpp
Collection user();
Collection conflict();
Collection erasure();
Collection attachment();

}  // namespace anketa::schema::declared
