// The demo's invented people and places, and what happened to them. Any likeness to somebody real is chance.
#pragma once
#include <string_view>

#include "workforce/worker.hpp"

namespace kith::app {

struct Area {
  const char* name{};
  int east_m{};
  int north_m{};
};
inline constexpr Area areas[] = {{"Northside", 0, 0},
                                 {"Elm Hill", 3000, 1500},
                                 {"Harbour", 6500, -2000},
                                 {"Westmead Flat", -5000, 800},
                                 {"Old Mill", -1500, -4000}};

inline constexpr const char* first_names[] = {
    "Jo",    "Noor", "Sam",   "Ines",  "Tariq", "Mei",    "Kofi",  "Ana",   "Luca",  "Aroha", "Ben",
    "Dina",  "Femi", "Greta", "Hana",  "Ivo",   "Kirra",  "Leila", "Marek", "Nadia", "Omar",  "Pilar",
    "Quyen", "Rosa", "Sione", "Tilda", "Uma",   "Viktor", "Wren",  "Yusuf", "Zoe",   "Sefa",  "Asha",
    "Bram",  "Cleo", "Dov",   "Ezra",  "Fiona", "Gus",    "Ilse",  "Jude",  "Lani",  "Mosi",  "Nell"};
inline constexpr const char* family_names[] = {
    "Abebe", "Brown",  "Costa", "Dang",   "Evans", "Farah",  "Garcia", "Haddad", "Ito",  "Jones",
    "Khan",  "Larsen", "Moana", "Nguyen", "Okoro", "Petrov", "Rossi",  "Singh",  "Tran", "Wilson"};
inline constexpr const char* languages[] = {"ti", "prs", "ar", "vi", "es"};
inline constexpr const char* genders[] = {"woman", "man", "nonbinary"};
inline constexpr const char* interests[] = {"music",   "gardening", "football", "cooking",
                                            "drawing", "walking",   "reading"};
inline constexpr const char* experiences[] = {"postnatal", "voices", "depression", "anxiety",
                                              "hospital",  "caring", "migration"};
inline constexpr const char* weeks[] = {
    "mon 09:00-12:00; wed 09:00-12:00", "tue 17:00-20:00; thu 17:00-20:00",
    "mon 13:00-17:00; fri 09:00-13:00", "sat 10:00-16:00; tue 17:00-20:00",
    "wed 13:00-18:00; thu 09:00-12:00"};
inline constexpr const char* hopes[] = {"I would like to get out of the house twice a week.",
                                        "Somebody who does not tell me what to do.",
                                        "To talk with someone who knows what hospital is like.",
                                        "To feel like me again.",
                                        "Company on the first days back at study.",
                                        "To find places where people do not stare."};

struct CastWorker {
  const char* name{};
  const char* pronouns{};
  const char* about{};
  const char* gender{};
  const char* age_band{};
  const char* languages{};
  const char* released{};
  const char* interests{};
  const char* availability{};
  Area area{};
  int places{};
};
inline constexpr CastWorker cast_workers[] = {
    {"Ruth", "she/her", "I like slow walks and good tea.", "woman", "30-45", "en ti", "postnatal depression",
     "walking cooking", "tue 17:00-20:00; mon 09:00-12:00", areas[0], 3},
    {"Mina", "she/her", "I laugh a lot and I listen.", "woman", "30-45", "en", "postnatal anxiety",
     "music drawing", "tue 17:00-20:00; wed 17:00-20:00; thu 17:00-20:00", areas[1], 6},
    {"Lena", "she/her", "Happy in the garden.", "woman", "46-60", "en ti", "depression", "gardening reading",
     "mon 09:00-17:00; thu 17:00-20:00", areas[1], 6},
    {"Dawit", "he/him", "Football on Saturdays.", "man", "30-45", "en ti", "migration depression",
     "football music", "sat 10:00-16:00; tue 17:00-20:00", areas[0], 6},
    {"Kai", "they/them", "I draw comics.", "nonbinary", "18-29", "en", "voices hospital", "drawing music",
     "wed 13:00-18:00; fri 09:00-13:00", areas[2], 6},
    {"Grace", "she/her", "I have been a carer for years.", "woman", "46-60", "en vi", "caring anxiety",
     "cooking reading", "mon 13:00-17:00; thu 09:00-12:00", areas[3], 6},
    {"Hassan", "he/him", "Tea, talk, and a long view.", "man", "61-", "en ar", "migration loss",
     "gardening walking", "mon 09:00-12:00; wed 09:00-12:00", areas[4], 2},
    {"Elena", "she/her", "I know the wards and the way home.", "woman", "30-45", "en es",
     "hospital depression", "walking cooking", "mon 09:00-17:00; wed 09:00-17:00", areas[2], 5},
    {"Joseph", "he/him", "I play guitar, not very well.", "man", "46-60", "en", "voices", "music football",
     "tue 17:00-20:00; sat 10:00-16:00", areas[3], 3},
    {"Parwin", "she/her", "We can speak Dari.", "woman", "30-45", "en prs", "migration postnatal",
     "cooking gardening", "mon 13:00-17:00; fri 09:00-13:00", areas[1], 6},
    {"Tama", "he/him", "Happy by the sea.", "man", "18-29", "en", "anxiety hospital", "football drawing",
     "wed 13:00-18:00; sat 10:00-16:00", areas[2], 6},
    {"Bea", "she/her", "I studied late in life.", "woman", "18-29", "en", "anxiety", "reading drawing",
     "thu 09:00-12:00; tue 17:00-20:00", areas[4], 6},
    {"Minh", "he/him", "I cook for whoever comes.", "man", "46-60", "en vi", "depression caring",
     "cooking music", "mon 09:00-12:00; wed 13:00-18:00", areas[3], 7},
    {"Wirra", "she/her", "I walk the river path most days.", "woman", "61-", "en", "loss hospital",
     "walking gardening", "mon 09:00-17:00; fri 09:00-13:00", areas[4], 3}};

// Private limits of workers: they decide who is offered and stand on nobody else's page.
struct CastBoundary {
  const char* worker{};
  const char* kind{};
  const char* value{};
};
inline constexpr CastBoundary cast_boundaries[] = {
    {"Lena", "not_experience", "voices"}, {"Kai", "age_most", "45"},
    {"Grace", "age_least", "25"},         {"Joseph", "only_gender", "man"},
    {"Hassan", "age_least", "30"},        {"Minh", "not_culture", "motor_club"},
    {"Wirra", "not_setting", "ward"}};

// Two who are never put together, by the number of the person.
struct CastExclusion {
  const char* worker{};
  int person{};
  ExclusionSide side{};
};
inline constexpr CastExclusion cast_exclusions[] = {{"Dawit", 6, ExclusionSide::person},
                                                    {"Grace", 18, ExclusionSide::person},
                                                    {"Mina", 11, ExclusionSide::worker},
                                                    {"Minh", 23, ExclusionSide::worker},
                                                    {"Parwin", 13, ExclusionSide::service}};

inline constexpr const char* cultures[] = {"pacific", "tigrinya", "hazara", "motor_club", "first_nations"};
inline constexpr const char* locations[] = {"Riverside Library, ground floor", "The garden behind the clinic",
                                            "Harbour walk, at the kiosk", "By video, with the usual link",
                                            "Elm Hill Community House"};

// How far a person's story has come. Everything but `waiting` goes through offers and answers.
enum class Plot {
  referred, // today, and not looked at yet
  waiting,
  declined,         // by the service
  worker_asked,     // no answer yet
  one_worker_yes,   // of two
  worker_talks,     // wants to talk first
  person_asked,     // both workers said yes
  person_talks,     // wants to talk first
  workers_said_no,  // both: waits again
  person_said_none, // waits again, and the two are not asked again
  person_not_now,
  lapsed,
  taken_back,
  agreed, // no first meeting yet
  meeting,
  ended,          // by the person
  withdrew,       // while waiting
  withdrew_asked, // while an offer was open
  died
};
struct Chapter {
  int person{}; // number
  Plot plot{};
  int referred_ago{}; // days
  int offered_ago{};  // workers answer the day after, the person a day later, then the meeting is planned
  int meeting_in{};   // days from today
  int ended_ago{};
};
// Those on the waiting list, numbers below 40, among others who only wait.
inline constexpr Chapter waiting_chapters[] = {
    {5, Plot::worker_asked, 19, 2},     {9, Plot::one_worker_yes, 22, 3}, {14, Plot::person_asked, 25, 4},
    {17, Plot::person_talks, 24, 6},    {20, Plot::worker_talks, 15, 2},  {22, Plot::person_said_none, 30, 9},
    {26, Plot::workers_said_no, 27, 5}, {28, Plot::lapsed, 31, 12},       {31, Plot::person_not_now, 26, 7},
    {33, Plot::taken_back, 18, 1},      {35, Plot::person_asked, 33, 16}};
// Those who came and went, or are connected.
inline constexpr Chapter other_chapters[] = {{40, Plot::meeting, 75, 60, -50},
                                             {41, Plot::meeting, 64, 50, -41},
                                             {42, Plot::meeting, 58, 44, -36},
                                             {43, Plot::meeting, 50, 37, -28},
                                             {44, Plot::meeting, 47, 33, -25},
                                             {45, Plot::meeting, 40, 26, -15},
                                             {46, Plot::meeting, 38, 22, -12},
                                             {47, Plot::meeting, 33, 17, -6},
                                             {48, Plot::meeting, 30, 12, -2},
                                             {49, Plot::meeting, 28, 11, 1},
                                             {50, Plot::meeting, 26, 9, 2},
                                             {51, Plot::meeting, 24, 8, 4},
                                             {52, Plot::meeting, 21, 7, 7},
                                             {53, Plot::agreed, 20, 5},
                                             {54, Plot::agreed, 17, 4},
                                             {55, Plot::ended, 520, 505, -495, 380},
                                             {56, Plot::ended, 470, 455, -444, 330},
                                             {57, Plot::ended, 410, 396, -385, 290},
                                             {58, Plot::ended, 350, 330, -321, 240},
                                             {59, Plot::ended, 300, 282, -270, 200},
                                             {60, Plot::ended, 230, 214, -205, 120},
                                             {61, Plot::ended, 170, 151, -142, 75},
                                             {62, Plot::ended, 110, 95, -88, 40},
                                             {63, Plot::withdrew, 90, 0, 0, 60},
                                             {64, Plot::withdrew_asked, 45, 30, 0, 28},
                                             {65, Plot::died, 140, 125, -116, 35},
                                             {66, Plot::declined, 61, 0, 0, 58},
                                             {67, Plot::referred, 1},
                                             {68, Plot::referred, 0}};

} // namespace kith::app
